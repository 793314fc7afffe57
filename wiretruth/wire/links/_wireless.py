"""Data frames of IEEE 802.11 §9.2, wherever they stand in what was captured. What is encrypted stays so, and is named."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import logical_link

_KINDS = ("management", "control", "data", "extension")
_DATA = 2
_NO_DATA, _QOS = 0x40, 0x80
"""Bits of the subtype, in the first octet."""
_TO_AND_FROM, _MORE_FRAGMENTS, _PROTECTED, _ORDER = 0x03, 0x04, 0x40, 0x80
"""Bits of the second octet."""
_AGGREGATE = 0x80
"""Bit of the QoS control field: an A-MSDU, several packets in one frame."""

_SUBFRAME = 14
"""Octets before each packet of it: two addresses and a length."""

_FRAGMENT = 22
"""Where the sequence control field is, whose last four bits number fragments."""
_HEADER, _FOURTH_ADDRESS, _QOS_CONTROL, _HT_CONTROL = 24, 6, 2, 4


def decode(frame: bytes, offset: int, *, padded: bool = False) -> LinkFrame | Unread:
    """Find the network packet of the 802.11 frame at *offset*; *padded*: its header is filled up to words of four octets."""
    there = len(frame) - offset
    if there < 2:  # noqa: PLR2004  frame control
        return damaged(too_short("802.11 header", offset, 2, there))
    control, flags = frame[offset], frame[offset + 1]
    if reason := _without_packet(control, flags):
        return Unread(f"802.11 {reason}")
    size = _size(control, flags)
    if there < size:
        return damaged(too_short("802.11 header", offset, size, there))
    if flags & _MORE_FRAGMENTS or frame[offset + _FRAGMENT] & 0x0F:
        return Unread("802.11 fragment")
    payload = offset + size + (-size % 4 if padded else 0)
    if control & _QOS and frame[offset + _before_qos(flags)] & _AGGREGATE:
        return _only_one(frame, payload)
    return logical_link(frame, payload)


def _only_one(frame: bytes, offset: int) -> LinkFrame | Unread:
    """Find the network packet of an A-MSDU (§9.3.2.2) that aggregates but one; a frame check sequence may follow it."""
    there = len(frame) - offset
    if there < _SUBFRAME:
        return damaged(too_short("802.11 A-MSDU subframe", offset, _SUBFRAME, there))
    size = _SUBFRAME + int.from_bytes(frame[offset + _SUBFRAME - 2 : offset + _SUBFRAME], "big")
    if there >= size + -size % 4 + _SUBFRAME:
        return Unread("802.11 A-MSDU of several packets")
    return logical_link(frame, offset + _SUBFRAME)


def _without_packet(control: int, flags: int) -> str | None:
    """Tell by the frame control field why a frame holds no packet that can be read."""
    kind = control >> 2 & 3
    if kind != _DATA:
        return _KINDS[kind]
    if control & _NO_DATA:
        return "without data"
    return "encrypted" if flags & _PROTECTED else None


def _before_qos(flags: int) -> int:
    return _HEADER + (_FOURTH_ADDRESS if flags & _TO_AND_FROM == _TO_AND_FROM else 0)


def _size(control: int, flags: int) -> int:
    """Tell how many octets the header of a data frame has."""
    size = _before_qos(flags)
    if control & _QOS:
        size += _QOS_CONTROL + (_HT_CONTROL if flags & _ORDER else 0)
    return size
