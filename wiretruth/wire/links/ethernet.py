"""Ethernet, with 802.1Q and 802.1ad tags, and 802.3 with LLC (IEEE 802.3 §3)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (1,)
"""LINKTYPE_ETHERNET."""

HEADER = 14

_PLAIN = {b"\x08\x00": LinkFrame(0x0800, HEADER), b"\x86\xdd": LinkFrame(0x86DD, HEADER)}


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of an Ethernet frame."""
    plain = _PLAIN.get(frame[12:14])
    if plain is not None:
        return plain
    if len(frame) < HEADER:
        return damaged(too_short("ethernet header", 0, HEADER, len(frame)))
    return follow(frame, int.from_bytes(frame[12:14]), HEADER)
