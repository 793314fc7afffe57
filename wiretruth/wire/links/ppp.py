"""PPP, with or without HDLC-like framing; serial lines may carry Cisco's HDLC under the same number.

Source: RFC 1662; tcpdump.org/linktypes.html (LINKTYPE_PPP, LINKTYPE_PPP_HDLC).
"""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links import _ppp, c_hdlc
from wiretruth.wire.links._ethertype import follow

LINK_TYPES = (9, 50)
"""LINKTYPE_PPP, LINKTYPE_PPP_HDLC."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet of a PPP frame."""
    if frame[:2] in c_hdlc.ADDRESSES:
        return c_hdlc.decode(frame)
    return follow(frame, _ppp.ETHERTYPE, 0)
