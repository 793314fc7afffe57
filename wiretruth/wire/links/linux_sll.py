"""Linux "cooked" capture, version 1 (tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html)."""

import struct

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._cooked import direction_of, payload

LINK_TYPES = (113,)
"""LINKTYPE_LINUX_SLL."""

_HEADER = struct.Struct("!H12xH")


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet and its direction."""
    if len(frame) < _HEADER.size:
        return damaged(too_short("cooked header", 0, _HEADER.size, len(frame)))
    packet_type, protocol = _HEADER.unpack_from(frame)
    return payload(frame, protocol, _HEADER.size, direction_of(packet_type))
