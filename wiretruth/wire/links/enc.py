"""What OpenBSD's and FreeBSD's enc(4) shows of IPsec, decrypted: address family, SPI, flags, packet (LINKTYPE_ENC)."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import null

LINK_TYPES = (109,)
"""LINKTYPE_ENC."""

HEADER = 12


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the IP packet by its address family, which is written as in the loopback header."""
    if len(frame) < HEADER:
        return damaged(too_short("enc header", 0, HEADER, len(frame)))
    found = null.decode(frame)
    return found._replace(offset=HEADER) if isinstance(found, LinkFrame) else found
