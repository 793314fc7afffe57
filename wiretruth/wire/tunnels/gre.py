"""Generic routing encapsulation (RFC 2784, RFC 2890), ERSPAN in it, and the enhanced one of PPTP (RFC 2637 §4.1)."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links._ethertype import SMALLEST, follow
from wiretruth.wire.tunnels import _erspan

PROTOCOLS = (47,)

HEADER = 4

_CHECKSUM, _ROUTING, _KEY, _SEQUENCE, _ACKNOWLEDGEMENT = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080
_VERSION = 0x0007
_PLAIN, _ENHANCED = 0, 1


def decode(octets: bytes, begin: int) -> LinkFrame | Unread:
    """Find the packet inside, by the EtherType that the header says."""
    there = len(octets) - begin
    if there < HEADER:
        return damaged(too_short("gre header", begin, HEADER, there))
    flags, ethertype = int.from_bytes(octets[begin : begin + 2]), int.from_bytes(octets[begin + 2 : begin + HEADER])
    version = flags & _VERSION
    if version not in {_PLAIN, _ENHANCED}:
        return damaged(Fault("gre version", begin, "0 or 1", str(version)))
    if flags & _ROUTING or ethertype < SMALLEST or (version == _ENHANCED and not flags & _SEQUENCE):
        return Unread("GRE without a packet")  # what RFC 1701 had and nobody uses; an acknowledgement of PPTP
    inside = begin + _size(flags, version)
    if inside > len(octets):
        return damaged(too_short("gre header", begin, inside - begin, there))
    if ethertype in _erspan.ETHERTYPES:
        return _erspan.decode(octets, inside, ethertype, numbered=bool(flags & _SEQUENCE))
    return follow(octets, ethertype, inside)


def _size(flags: int, version: int) -> int:
    """Tell how many octets the header has."""
    optional = (_CHECKSUM, _KEY, _SEQUENCE) if version == _PLAIN else (_KEY, _SEQUENCE, _ACKNOWLEDGEMENT)
    return HEADER + 4 * sum(bool(flags & bit) for bit in optional)
