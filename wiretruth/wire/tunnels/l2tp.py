"""Data messages of the layer two tunneling protocol, version 2 (RFC 2661 §3.1): a PPP frame in UDP."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _ppp
from wiretruth.wire.links._ethertype import follow

PORTS = (1701,)

_CONTROL, _LENGTH, _SEQUENCE, _OFFSET = 0x8000, 0x4000, 0x0800, 0x0200
_RESERVED, _VERSION = 0x34F0, 0x000F
_VERSION_2 = 2


def decode(octets: bytes, begin: int) -> LinkFrame | Unread | None:
    """Find the packet in the PPP frame; control messages leave the datagram what it was."""
    flags = int.from_bytes(octets[begin : begin + 2])
    if flags & (_CONTROL | _RESERVED) or flags & _VERSION != _VERSION_2:
        return None
    size = 6 + (2 if flags & _LENGTH else 0) + (4 if flags & _SEQUENCE else 0)
    if flags & _OFFSET:
        size += 2 + int.from_bytes(octets[begin + size : begin + size + 2])
    if len(octets) < begin + size:
        return damaged(too_short("l2tp header", begin, size, len(octets) - begin))
    return follow(octets, _ppp.ETHERTYPE, begin + size)
