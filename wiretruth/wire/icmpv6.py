"""ICMPv6 (RFC 4443): errors with the packet they quote."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import IcmpMessage
from wiretruth.wire.damage import too_short
from wiretruth.wire.quotation import quoted_ipv6, unquoted

HEADER = 8
UNREACHABLE, PACKET_TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM = 1, 2, 3, 4
ERRORS = frozenset({UNREACHABLE, PACKET_TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM})

MEASURED = frozenset({UNREACHABLE, TIME_EXCEEDED})
"""Errors that may say how much they quote, in units of 8 octets (RFC 4884 §4.2)."""
SHORTEST_MEASURED = 128
"""RFC 4884 §4: whoever measures quotes no less."""

_unpack = struct.Struct("!BBxxI").unpack_from


def decode(octets: bytes, start: int, stop: int, _length: int) -> tuple[IcmpMessage | None, tuple[Fault, ...]]:
    """Read the message at *start*, whose captured octets end at *stop*."""
    if stop - start < HEADER:
        return None, (too_short("icmpv6 header", start, HEADER, stop - start),)
    kind, code, word = _unpack(octets, start)
    if kind not in ERRORS:
        return IcmpMessage(kind, code, None, None), ()
    begin = start + HEADER
    units = word >> 24
    if kind in MEASURED and units * 8 >= SHORTEST_MEASURED:
        stop = min(stop, begin + units * 8)
    quoted = quoted_ipv6(octets, begin, stop)
    stated = word if kind == PACKET_TOO_BIG else None
    return IcmpMessage(kind, code, stated, quoted), () if quoted else (unquoted("ipv6", octets, begin, stop),)
