"""MPLS without a link header before it (tcpdump.org/linktypes.html, LINKTYPE_MPLS)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (219,)
"""LINKTYPE_MPLS."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the stack of labels."""
    return follow(frame, 0x8847, 0)
