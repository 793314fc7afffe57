"""Plug room: one finding, one file. The file name is the code."""
