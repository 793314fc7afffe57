"""ATM frames with LLC (RFC 2684 §5), reassembled (LINKTYPE_ATM_RFC1483)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links._ethertype import logical_link

LINK_TYPES = (100,)
"""LINKTYPE_ATM_RFC1483."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the LLC header."""
    return logical_link(frame, 0)
