"""PPP over Ethernet, the session stage (RFC 2516 §4)."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _ppp

ETHERTYPE = 0x8864

HEADER = 6

_VERSION_AND_TYPE = 0x11


def follow(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    """Give the EtherType of what a session packet carries, PPP, and where it begins."""
    there = len(frame) - offset
    if there < HEADER:
        return damaged(too_short("pppoe header", offset, HEADER, there))
    if frame[offset] != _VERSION_AND_TYPE:
        return damaged(Fault("pppoe header", offset, "version 1, type 1", f"0x{frame[offset]:02x}"))
    return _ppp.ETHERTYPE, offset + HEADER
