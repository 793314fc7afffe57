"""Packets that OpenBSD's pf logged (LINKTYPE_PFLOG): the header says its length and the address family."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

LINK_TYPES = (117,)
"""LINKTYPE_PFLOG."""

_LEAST = 4
_IPV6 = (24, 28, 30)
"""AF_INET6 on OpenBSD and NetBSD, FreeBSD, macOS."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the IP packet, which begins at the next multiple of four."""
    if len(frame) < _LEAST:
        return damaged(too_short("pflog header", 0, _LEAST, len(frame)))
    length, family = frame[0], frame[1]
    begin = length + -length % 4
    if not _LEAST <= begin <= len(frame):
        return damaged(Fault("pflog header", 0, f"{_LEAST} to {len(frame)} octets", f"{length} octets"))
    if family == 2:  # noqa: PLR2004  AF_INET
        return LinkFrame(0x0800, begin)
    return LinkFrame(0x86DD, begin) if family in _IPV6 else Unread(f"address family {family}")
