"""Per-packet information: a header that names the link type behind it (LINKTYPE_PPI)."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _nested

LINK_TYPES = (192,)
"""LINKTYPE_PPI."""

_HEADER = struct.Struct("<BBHI")


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of the frame inside."""
    if len(frame) < _HEADER.size:
        return damaged(too_short("ppi header", 0, _HEADER.size, len(frame)))
    _, _, length, link_type = _HEADER.unpack_from(frame)
    if not _HEADER.size <= length <= len(frame):
        return damaged(Fault("ppi header", 2, f"{_HEADER.size} to {len(frame)} octets", f"{length} octets"))
    return _nested.decode(frame, link_type, length)
