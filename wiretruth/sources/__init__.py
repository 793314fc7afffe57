"""Doors in: files, standard input, the clock."""
