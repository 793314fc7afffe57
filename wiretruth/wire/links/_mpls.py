"""A stack of MPLS labels (RFC 3032 §2.1), and what is behind it: no field says so, the first four bits must (RFC 4928)."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Unread
from wiretruth.wire.damage import damaged, too_short

ETHERTYPES = (0x8847, 0x8848)

MAX_LABELS = 16
"""Labels of one stack: routers push three or four, and segment routing some ten (RFC 8491 §1)."""

_LABEL = 4
_CONTROL_WORD = 4
_ETHERNET_HEADER = 14
_INSIDE_PSEUDOWIRE = frozenset({0x0800, 0x0806, 0x86DD, 0x8100, 0x88A8, 0x8864, 0x8847})
"""EtherTypes that tell an Ethernet pseudowire with a control word (RFC 4448 §4.6) from whatever else begins with zero."""


def follow(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    """Give the EtherType of what is behind the stack at *offset*, and where it begins."""
    for _ in range(MAX_LABELS):
        there = len(frame) - offset
        if there < _LABEL:
            return damaged(too_short("mpls label", offset, _LABEL, there))
        offset += _LABEL
        if frame[offset - 2] & 1:  # bottom of stack
            return _behind(frame, offset)
    return damaged(Fault("mpls label", offset, f"at most {MAX_LABELS} labels", "another label"))


def _behind(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    if len(frame) <= offset:
        return damaged(too_short("mpls payload", offset, 1, 0))
    version = frame[offset] >> 4
    if version in _BY_VERSION:
        return _BY_VERSION[version], offset
    ethernet = offset + _CONTROL_WORD
    ethertype = int.from_bytes(frame[ethernet + 12 : ethernet + _ETHERNET_HEADER])
    if version == 0 and ethertype in _INSIDE_PSEUDOWIRE:
        return 0x6558, ethernet
    return Unread("MPLS")


_BY_VERSION = {4: 0x0800, 6: 0x86DD}
