"""FDDI (RFC 1390): frame control, two addresses, LLC."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import logical_link

LINK_TYPES = (10,)
"""LINKTYPE_FDDI."""

HEADER = 13


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the LLC header."""
    if len(frame) < HEADER:
        return damaged(too_short("fddi header", 0, HEADER, len(frame)))
    return logical_link(frame, HEADER)
