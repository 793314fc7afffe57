"""802.11 behind a radiotap header (radiotap.org), of which length and flags are read."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _wireless

LINK_TYPES = (127,)
"""LINKTYPE_IEEE802_11_RADIOTAP."""

HEADER = 8

_TIMESTAMP, _FLAGS, _ANOTHER_WORD = 1 << 0, 1 << 1, 1 << 31
"""Bits of the word that says which fields are there."""
_TIMESTAMP_SIZE = 8
_PADDED, _DAMAGED = 0x20, 0x40
"""Bits of the flags field: the 802.11 header is padded; its frame check sequence was wrong."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet; a frame that was damaged in the air is not believed."""
    if len(frame) < HEADER:
        return damaged(too_short("radiotap header", 0, HEADER, len(frame)))
    length = int.from_bytes(frame[2:4], "little")
    if frame[0]:
        return damaged(Fault("radiotap header", 0, "version 0", str(frame[0])))
    if not HEADER <= length <= len(frame):
        return damaged(Fault("radiotap header", 2, f"{HEADER} to {len(frame)} octets", f"{length} octets"))
    flags = _flags(frame[:length])
    if flags & _DAMAGED:
        return Unread("802.11 damaged in the air")
    return _wireless.decode(frame, length, padded=bool(flags & _PADDED))


def _flags(header: bytes) -> int:
    """Give the flags field; 0 where there is none."""
    position = 4
    present = word = int.from_bytes(header[position : position + 4], "little")
    position += 4
    while word & _ANOTHER_WORD and position + 4 <= len(header):
        word = int.from_bytes(header[position : position + 4], "little")
        position += 4
    if not present & _FLAGS:
        return 0
    if present & _TIMESTAMP:  # aligned to its own size
        position += -position % _TIMESTAMP_SIZE + _TIMESTAMP_SIZE
    return int.from_bytes(header[position : position + 1])
