"""Plug room: one package for each protocol."""
