"""ICMP (RFC 792): errors with the packet they quote."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import IcmpMessage
from wiretruth.wire.damage import too_short
from wiretruth.wire.quotation import quoted_ipv4, unquoted

HEADER = 8
UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM = 3, 4, 5, 11, 12
ERRORS = frozenset({UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM})
FRAGMENTATION_NEEDED = 4
"""Code of UNREACHABLE."""

MEASURED = frozenset({UNREACHABLE, TIME_EXCEEDED, PARAMETER_PROBLEM})
"""Errors that may say how much they quote, in words of 4 octets (RFC 4884 §4.1)."""
SHORTEST_MEASURED = 128
"""RFC 4884 §4: whoever measures quotes no less; a smaller value comes from an older sender and means nothing."""

_unpack = struct.Struct("!BBxxxBH").unpack_from


def decode(octets: bytes, start: int, stop: int, _length: int) -> tuple[IcmpMessage | None, tuple[Fault, ...]]:
    """Read the message at *start*, whose captured octets end at *stop*."""
    if stop - start < HEADER:
        return None, (too_short("icmp header", start, HEADER, stop - start),)
    kind, code, words, mtu = _unpack(octets, start)
    if kind not in ERRORS:
        return IcmpMessage(kind, code, None, None), ()
    begin = start + HEADER
    if kind in MEASURED and words * 4 >= SHORTEST_MEASURED:
        stop = min(stop, begin + words * 4)
    quoted = quoted_ipv4(octets, begin, stop)
    # An MTU of 0 comes from routers older than RFC 1191: not stated.
    stated = mtu if mtu and kind == UNREACHABLE and code == FRAGMENTATION_NEEDED else None
    return IcmpMessage(kind, code, stated, quoted), () if quoted else (unquoted("ipv4", octets, begin, stop),)
