"""Cisco's HDLC (RFC 1547 §4.3.1; tcpdump.org/linktypes.html, LINKTYPE_C_HDLC)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import SMALLEST, follow

LINK_TYPES = (104,)
"""LINKTYPE_C_HDLC."""

HEADER = 4

ADDRESSES = (b"\x0f\x00", b"\x8f\x00")
"""Unicast and multicast, and a control octet of zero."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet by its EtherType."""
    if len(frame) < HEADER:
        return damaged(too_short("c-hdlc header", 0, HEADER, len(frame)))
    protocol = int.from_bytes(frame[2:HEADER])
    return follow(frame, protocol, HEADER) if protocol >= SMALLEST else Unread(f"C-HDLC protocol 0x{protocol:04x}")
