"""Mirrored frames in GRE: ERSPAN types I, II and III (draft-foschiano-erspan)."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _nested, raw
from wiretruth.wire.links._ethertype import ETHERNET, follow

TYPE_II, TYPE_III = 0x88BE, 0x22EB
ETHERTYPES = (TYPE_II, TYPE_III)

_SIZES = {TYPE_II: 8, TYPE_III: 12}
_VERSIONS = {TYPE_II: 1, TYPE_III: 2}
"""First four bits of the header."""
_SUBHEADER = 8
_WITH_SUBHEADER = 0x01
"""Bit of the last octet of type III."""
_FRAME_TYPE = 0x7C
_IS_ETHERNET, _IS_IP = 0 << 2, 2 << 2


def decode(octets: bytes, begin: int, ethertype: int, *, numbered: bool) -> LinkFrame | Unread:
    """Find the packet in the mirrored frame; type I is type II without header, and without GRE's sequence number."""
    if ethertype == TYPE_II and not numbered:
        return follow(octets, ETHERNET, begin)
    size, there = _SIZES[ethertype], len(octets) - begin
    if there < size:
        return damaged(too_short("erspan header", begin, size, there))
    version = octets[begin] >> 4
    if version != _VERSIONS[ethertype]:
        return damaged(Fault("erspan version", begin, str(_VERSIONS[ethertype]), str(version)))
    if ethertype == TYPE_II:
        return follow(octets, ETHERNET, begin + size)
    inside = begin + size + (_SUBHEADER if octets[begin + 11] & _WITH_SUBHEADER else 0)
    if inside > len(octets):
        return damaged(too_short("erspan header", begin, inside - begin, there))
    return _of_frame_type(octets, inside, octets[begin + 10] & _FRAME_TYPE)


def _of_frame_type(octets: bytes, inside: int, frame_type: int) -> LinkFrame | Unread:
    """Find the packet in what type III says the frame to be."""
    if frame_type == _IS_ETHERNET:
        return follow(octets, ETHERNET, inside)
    if frame_type != _IS_IP:
        return Unread("ERSPAN of another link")
    return _nested.decode(octets, raw.LINK_TYPES[0], inside)
