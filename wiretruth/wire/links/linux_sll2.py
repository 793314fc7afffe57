"""Linux "cooked" capture, version 2: what ``tcpdump -i any`` writes (tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html)."""

import struct

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._cooked import direction_of, payload

LINK_TYPES = (276,)
"""LINKTYPE_LINUX_SLL2."""

_HEADER = struct.Struct("!HxxIxxB9x")


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet, its direction and the kernel's number of the interface."""
    if len(frame) < _HEADER.size:
        return damaged(too_short("cooked header", 0, _HEADER.size, len(frame)))
    protocol, interface_index, packet_type = _HEADER.unpack_from(frame)
    return payload(frame, protocol, _HEADER.size, direction_of(packet_type), interface_index)
