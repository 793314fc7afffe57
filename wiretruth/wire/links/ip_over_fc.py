"""IP over fibre channel (RFC 2625): two addresses of eight octets, LLC."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import logical_link

LINK_TYPES = (122,)
"""LINKTYPE_IP_OVER_FC."""

HEADER = 16


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the LLC header."""
    if len(frame) < HEADER:
        return damaged(too_short("fibre channel header", 0, HEADER, len(frame)))
    return logical_link(frame, HEADER)
