"""IP over IEEE 1394 as Apple writes it: two addresses of eight octets, then the EtherType."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (138,)
"""LINKTYPE_APPLE_IP_OVER_IEEE1394."""

HEADER = 18


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind the EtherType."""
    if len(frame) < HEADER:
        return damaged(too_short("ieee 1394 header", 0, HEADER, len(frame)))
    return follow(frame, int.from_bytes(frame[16:18]), HEADER)
