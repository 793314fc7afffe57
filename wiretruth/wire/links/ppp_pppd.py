"""PPP as the kernel gives it to pppd: the address octet tells the direction (LINKTYPE_PPP_PPPD)."""

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _ppp
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (166,)
"""LINKTYPE_PPP_PPPD."""

_DIRECTIONS = {0: Direction.IN, 1: Direction.OUT}


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet and its direction; address and control may have been left out by compression."""
    if not frame:
        return damaged(too_short("ppp header", 0, 1, 0))
    direction = _DIRECTIONS.get(frame[0], Direction.UNKNOWN)
    begin = 2 if frame[1:2] == b"\x03" else 1
    return follow(frame, _ppp.ETHERTYPE, begin, direction)
