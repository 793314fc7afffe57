"""Plug room, doors out: one output format, one file. The file name is the value of --format."""
