"""Plug room: records or lines in, statements out."""
