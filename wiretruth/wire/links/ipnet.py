"""What Solaris' ipnet devices show of a zone (LINKTYPE_IPNET): the address family in the second of 24 octets."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

LINK_TYPES = (226,)
"""LINKTYPE_IPNET."""

HEADER = 24

_FAMILIES = {2: LinkFrame(0x0800, HEADER), 26: LinkFrame(0x86DD, HEADER)}
"""AF_INET and AF_INET6 on Solaris."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the IP packet by its address family."""
    if len(frame) < HEADER:
        return damaged(too_short("ipnet header", 0, HEADER, len(frame)))
    return _FAMILIES.get(frame[1]) or Unread(f"address family {frame[1]}")
