"""802.11 behind a Prism header (LINKTYPE_IEEE802_11_PRISM); some drivers write AVS under the same number."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _wireless, avs

LINK_TYPES = (119,)
"""LINKTYPE_IEEE802_11_PRISM."""

HEADER = 8


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of a data frame; the length is in the byte order of whoever captured."""
    if len(frame) < HEADER:
        return damaged(too_short("prism header", 0, HEADER, len(frame)))
    if frame.startswith(avs.MAGIC):
        return avs.decode(frame)
    length = min(int.from_bytes(frame[4:HEADER], "little"), int.from_bytes(frame[4:HEADER]))
    if not HEADER <= length <= len(frame):
        return damaged(Fault("prism header", 4, f"{HEADER} to {len(frame)} octets", f"{length} octets"))
    return _wireless.decode(frame, length)
