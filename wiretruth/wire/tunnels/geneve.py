"""Generic network virtualization encapsulation (RFC 8926 §3): options, then what the EtherType says."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import SMALLEST, follow

PORTS = (6081,)

HEADER = 8

_OPTIONS_LENGTH = 0x3F
_VERSION, _RESERVED = 0xC0, 0x3F
"""Bits of the first and of the second octet that are zero."""


def decode(octets: bytes, begin: int) -> LinkFrame | Unread | None:
    """Find the packet inside; what is reserved must be zero, or the datagram is another protocol's."""
    header = octets[begin : begin + HEADER]
    if len(header) < HEADER or header[0] & _VERSION or header[1] & _RESERVED or header[7]:
        return None
    ethertype = int.from_bytes(header[2:4])
    if ethertype < SMALLEST:
        return None
    size = HEADER + (header[0] & _OPTIONS_LENGTH) * 4
    if len(octets) < begin + size:
        return damaged(too_short("geneve header", begin, size, len(octets) - begin))
    return follow(octets, ethertype, begin + size)
