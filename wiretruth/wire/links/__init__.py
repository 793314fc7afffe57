"""Plug room: one link type, one file, found by the LINKTYPE numbers it declares."""
