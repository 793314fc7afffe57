"""File formats as byte feeds, without I/O: octets in pieces of any size, batches of frames out.

A plug room. A module that declares ``MAGICS`` (how its files begin) and ``FEED`` (what reads them) is a format; the
others are what the formats stand on.
"""
