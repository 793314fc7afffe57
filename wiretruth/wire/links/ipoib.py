"""IP over InfiniBand: 40 octets of addresses, then the EtherType and two of zero (RFC 4391 §6; tcpdump's print-ipoib)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (242,)
"""LINKTYPE_IPOIB."""

HEADER = 44


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the EtherType."""
    if len(frame) < HEADER:
        return damaged(too_short("ipoib header", 0, HEADER, len(frame)))
    return follow(frame, int.from_bytes(frame[40:42]), HEADER)
