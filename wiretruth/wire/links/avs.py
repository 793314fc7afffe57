"""802.11 behind an AVS header (LINKTYPE_IEEE802_11_AVS): version and length, then how it was received."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _wireless

LINK_TYPES = (163,)
"""LINKTYPE_IEEE802_11_AVS."""

HEADER = 8
MAGIC = b"\x80\x21\x10"
"""How the version begins."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of a data frame."""
    if len(frame) < HEADER:
        return damaged(too_short("avs header", 0, HEADER, len(frame)))
    length = int.from_bytes(frame[4:HEADER])
    if not HEADER <= length <= len(frame):
        return damaged(Fault("avs header", 4, f"{HEADER} to {len(frame)} octets", f"{length} octets"))
    return _wireless.decode(frame, length)
