"""The chain of IPv6 extension headers (RFC 8200 §4), and the authentication header (RFC 4302)."""

from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.wire.damage import too_short
from wiretruth.wire.fragment import FragmentHeader

HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, NO_NEXT_HEADER, DESTINATION_OPTIONS = 0, 43, 44, 51, 59, 60
EXTENSIONS = frozenset({HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS})

MAX_EXTENSIONS = 16
"""Headers followed in one packet; RFC 8200 §4.1 knows six places for them."""

_FRAGMENT_HEADER = 8


class Chain(NamedTuple):
    """Where the chain ends."""

    protocol: int
    """Next header at the end; the last one that was understood where there is a fault."""
    position: int
    """Where the header of that protocol begins."""
    fragment: FragmentHeader | None = None
    """The packet is a fragment: the chain could not be followed beyond this header."""
    fault: Fault | None = None


def follow(octets: bytes, protocol: int, position: int, stop: int) -> Chain:
    """Follow the chain from the header of *protocol* at *position*; the captured octets end at *stop*."""
    for _ in range(MAX_EXTENSIONS):
        if protocol not in EXTENSIONS:
            return Chain(protocol, position)
        if position + _FRAGMENT_HEADER > stop:
            needed = _FRAGMENT_HEADER
            return Chain(protocol, position, None, too_short("ipv6 extension", position, needed, stop - position))
        if protocol == FRAGMENT:
            header = _fragment(octets, position)
            if header.offset or header.more:
                return Chain(octets[position], position + _FRAGMENT_HEADER, header)
        length = _length(octets, protocol, position)
        if position + length > stop:
            return Chain(protocol, position, None, too_short("ipv6 extension", position, length, stop - position))
        protocol, position = octets[position], position + length
    if protocol not in EXTENSIONS:
        return Chain(protocol, position)
    return Chain(protocol, position, None, Fault("ipv6 extension", position, f"at most {MAX_EXTENSIONS}", "another"))


def _length(octets: bytes, protocol: int, position: int) -> int:
    if protocol == FRAGMENT:  # Alone in its datagram: an atomic fragment, RFC 6946
        return _FRAGMENT_HEADER
    if protocol == AUTHENTICATION:  # In units of 4 octets, minus 2: RFC 4302 §2.2
        return (octets[position + 1] + 2) * 4
    return (octets[position + 1] + 1) * 8


def _fragment(octets: bytes, position: int) -> FragmentHeader:
    bits = int.from_bytes(octets[position + 2 : position + 4])
    identification = int.from_bytes(octets[position + 4 : position + 8])
    return FragmentHeader(identification, bits & 0xFFF8, bool(bits & 1))
