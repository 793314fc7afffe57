"""Wireless frames as they are, without a word of how they were received (LINKTYPE_IEEE802_11)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links import _wireless

LINK_TYPES = (105,)
"""LINKTYPE_IEEE802_11."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of a data frame."""
    return _wireless.decode(frame, 0)
