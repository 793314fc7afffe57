"""BSD loopback: four octets of address family, in the byte order of whoever captured (DLT_NULL) or of the network."""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

LINK_TYPES = (0, 108)
"""LINKTYPE_NULL, LINKTYPE_LOOP."""

HEADER = 4

_IPV4 = LinkFrame(0x0800, HEADER)
_IPV6 = LinkFrame(0x86DD, HEADER)
_FAMILIES = {2: _IPV4, 10: _IPV6, 24: _IPV6, 28: _IPV6, 30: _IPV6}
"""AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on macOS."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the IP packet by its address family; families are small, so the byte order shows by itself."""
    if len(frame) < HEADER:
        return damaged(too_short("loopback header", 0, HEADER, len(frame)))
    family = min(int.from_bytes(frame[:HEADER], "big"), int.from_bytes(frame[:HEADER], "little"))
    return _FAMILIES.get(family) or Unread(f"address family {family}")
