"""Virtual extensible LAN (RFC 7348 §5), and its generic extension (draft-ietf-nvo3-vxlan-gpe), at the ports of either.

8472 is the port that Linux used before one was assigned, and still does unless told otherwise.
"""

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links._ethertype import ETHERNET, follow

PORTS = (4789, 4790, 8472)

HEADER = 8

_NETWORK_IDENTIFIER, _NEXT_PROTOCOL, _POLICY = 0x08, 0x04, 0x80
"""Flags: the first must be set; the second says that the fourth octet tells what is inside, the third that a group policy
stands where zeros would (draft-smith-vxlan-group-policy)."""
_PLAIN, _GENERIC, _WITH_POLICY = (
    _NETWORK_IDENTIFIER,
    _NETWORK_IDENTIFIER | _NEXT_PROTOCOL,
    _NETWORK_IDENTIFIER | _POLICY,
)

_ETHERTYPES = {1: 0x0800, 2: 0x86DD, 3: ETHERNET}
"""By next protocol."""


def decode(octets: bytes, begin: int) -> LinkFrame | Unread | None:
    """Find the packet inside; what is reserved must be zero, or the datagram is another protocol's."""
    header = octets[begin : begin + HEADER]
    ethertype = _inside(header) if len(header) == HEADER and not header[7] else None
    return None if ethertype is None else follow(octets, ethertype, begin + HEADER)


def _inside(header: bytes) -> int | None:
    """Tell what a header says to follow it; ``None`` for what is no header."""
    match header[0]:
        case flags if flags == _WITH_POLICY or (flags == _PLAIN and not any(header[1:4])):
            return ETHERNET
        case flags if flags == _GENERIC and not any(header[1:3]):
            return _ETHERTYPES.get(header[3])
        case _:
            return None
