"""The user plane of mobile networks: GTPv1-U (3GPP TS 29.281 §5); a G-PDU holds the IP packet of a subscriber."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import raw

PORTS = (2152,)

HEADER = 8
MAX_EXTENSIONS = 8
"""Extension headers followed; networks were seen to use one, the standard knows six kinds."""

_VERSION_1 = 0x30
"""Version 1, protocol type GTP; the bit between them and the flags is reserved, and ignored."""
_VERSION, _FLAGS, _EXTENSION = 0xF0, 0x07, 0x04
_G_PDU = 255
_OPTIONAL = 4
"""Sequence number, N-PDU number and kind of the next extension header: there if any flag is set."""


def decode(octets: bytes, begin: int) -> LinkFrame | Unread | None:
    """Find the packet inside; other messages, and lengths that do not fit, leave the datagram what it was."""
    header = octets[begin : begin + HEADER]
    if len(header) < HEADER or header[0] & _VERSION != _VERSION_1 or header[1] != _G_PDU:
        return None
    inside = begin + HEADER
    if header[0] & _FLAGS:
        inside += _OPTIONAL
        if len(octets) < inside:
            return damaged(too_short("gtp header", begin, HEADER + _OPTIONAL, len(octets) - begin))
        if header[0] & _EXTENSION:
            behind = _behind_extensions(octets, inside)
            if isinstance(behind, Unread):
                return behind
            inside = behind
    found = raw.decode(octets[inside : inside + 1])
    return found._replace(offset=inside) if isinstance(found, LinkFrame) else Unread("GTP-U without IP")


def _behind_extensions(octets: bytes, position: int) -> int | Unread:
    """Give where the extension headers end that begin at *position*; the octet before names the first kind."""
    for _ in range(MAX_EXTENSIONS):
        if not octets[position - 1]:
            return position
        words = octets[position] if position < len(octets) else 0
        if not words or position + words * 4 > len(octets):
            got = f"{words * 4} octets"
            return damaged(Fault("gtp extension", position, f"4 to {max(len(octets) - position, 4)} octets", got))
        position += words * 4
    return damaged(Fault("gtp extension", position, f"at most {MAX_EXTENSIONS}", "another"))
