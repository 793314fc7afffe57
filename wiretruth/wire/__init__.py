"""One frame in, one packet out: the definition of how frames are read. Never raises on hostile octets."""

from wiretruth.wire.frame import decode, reassembled

__all__ = ["decode", "reassembled"]
