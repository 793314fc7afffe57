"""Where and when a frame was seen, on its way to the first fields of ``Packet``."""

Seen = tuple[str, int, int]
"""Vantage, frame number, nanoseconds since the Unix epoch; a bare tuple, for one is made for every frame."""
