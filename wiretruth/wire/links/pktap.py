"""Apple's packet tap: a header that names interface, direction and the link type behind it (LINKTYPE_PKTAP)."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _nested

LINK_TYPES = (258, 149)
"""LINKTYPE_PKTAP, and LINKTYPE_USER2, under which older systems of Apple write the same."""

_HEADER = struct.Struct("<III24xI")
_LEAST = 108
"""Octets that the header had from its first version on."""
_PACKET = 1

_DIRECTIONS = {1: Direction.IN, 2: Direction.OUT}


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of the frame inside, and its direction."""
    if len(frame) < _HEADER.size:
        return damaged(too_short("pktap header", 0, _HEADER.size, len(frame)))
    length, kind, link_type, flags = _HEADER.unpack_from(frame)
    if not _LEAST <= length <= len(frame):
        return damaged(Fault("pktap header", 0, f"{_LEAST} to {len(frame)} octets", f"{length} octets"))
    if kind != _PACKET:
        return Unread("PKTAP without a packet")
    found = _nested.decode(frame, link_type, length)
    direction = _DIRECTIONS.get(flags & 3, Direction.UNKNOWN)
    return found._replace(direction=direction) if isinstance(found, LinkFrame) else found
