"""Compressed files as byte feeds: a plug room, one compression, one file, with ``MAGICS`` and ``DECOMPRESSOR``."""
