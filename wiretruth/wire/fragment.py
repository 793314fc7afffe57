"""One piece of a datagram (RFC 791 §3.2, RFC 8200 §4.5)."""

from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Fragment
from wiretruth.wire.damage import too_short


class FragmentHeader(NamedTuple):
    """What an IP header says of the place of its payload."""

    identification: int
    offset: int
    """Octets from the start of the datagram's payload."""
    more: bool


def piece(
    octets: bytes, begin: int, stop: int, length: int, header: FragmentHeader
) -> tuple[Fragment, tuple[Fault, ...]]:
    """Keep the octets between *begin* and *stop*; a piece that the capture cut has a fault: no datagram comes of it.

    Args:
        octets: the frame.
        begin: where the payload of this fragment begins.
        stop: where the captured octets of the packet end.
        length: octets of payload that the fragment had on the wire.
        header: the place of the piece.
    """
    payload = octets[begin:stop]
    faults = () if len(payload) == length else (too_short("fragment", begin, length, len(payload)),)
    return Fragment(*header, payload), faults
