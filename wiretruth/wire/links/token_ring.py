"""Token ring (IEEE 802.5): access and frame control, two addresses, perhaps a route, LLC (LINKTYPE_IEEE802_5)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import logical_link

LINK_TYPES = (6,)
"""LINKTYPE_IEEE802_5."""

HEADER = 14

_ROUTED = 0x80
"""Bit of the source address: the frame says by which bridges it goes."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the LLC header."""
    if len(frame) <= HEADER:
        return damaged(too_short("token ring header", 0, HEADER + 1, len(frame)))
    route = frame[HEADER] & 0x1F if frame[8] & _ROUTED else 0
    return logical_link(frame, HEADER + route)
