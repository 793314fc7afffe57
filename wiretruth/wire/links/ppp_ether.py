"""PPPoE without the Ethernet header before it (tcpdump.org/linktypes.html, LINKTYPE_PPP_ETHER)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links import _pppoe
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (51,)
"""LINKTYPE_PPP_ETHER."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of a session packet."""
    return follow(frame, _pppoe.ETHERTYPE, 0)
