"""An IP packet in an IP packet: RFC 2003, RFC 4213 (6in4), RFC 2473."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links import _nested, raw

PROTOCOLS = (4, 41)


def decode(octets: bytes, begin: int) -> LinkFrame | Unread:
    """Find the packet inside; its version is its own."""
    return _nested.decode(octets, raw.LINK_TYPES[0], begin)
