"""Frame relay (RFC 2427, with the address of ITU-T Q.922), and Cisco's way to put an EtherType behind the address."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _ppp
from wiretruth.wire.links._ethertype import ETHERNET, SMALLEST, follow

LINK_TYPES = (107,)
"""LINKTYPE_FRELAY."""

_SHORTEST = 4
"""An address of two octets, control and protocol."""
_LONGEST_ADDRESS = 4
_LAST = 0x01
"""Bit of the last octet of an address."""
_UNNUMBERED = 0x03
_SNAP = 0x80
_SNAP_HEADER = 5
_ETHERTYPES = {0xCC: 0x0800, 0x8E: 0x86DD, 0xCF: _ppp.ETHERTYPE}
"""By network layer protocol identifier: IPv4, IPv6, PPP (RFC 1973)."""
_ETHERTYPE_FOLLOWS = b"\0\0\0"
_BRIDGED = (b"\0\x80\xc2\0\1", b"\0\x80\xc2\0\7")
"""Ethernet with and without its frame check sequence."""


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet behind address and control."""
    if len(frame) < _SHORTEST:
        return damaged(too_short("frame relay header", 0, _SHORTEST, len(frame)))
    place = next((i for i, octet in enumerate(frame[:_LONGEST_ADDRESS]) if octet & _LAST), 0)
    if not 0 < place < len(frame) - 2:
        got = frame[:_LONGEST_ADDRESS].hex()
        return damaged(Fault("frame relay address", 0, f"2 to {_LONGEST_ADDRESS} octets, and two behind it", got))
    begin = place + 1
    if frame[begin] != _UNNUMBERED:
        ethertype = int.from_bytes(frame[begin : begin + 2])
        return follow(frame, ethertype, begin + 2) if ethertype >= SMALLEST else Unread("frame relay")
    begin += 2 if frame[begin + 1] == 0 else 1  # a pad octet
    return _by_identifier(frame, begin)


def _by_identifier(frame: bytes, begin: int) -> LinkFrame | Unread:
    if len(frame) <= begin:
        return damaged(too_short("frame relay header", begin, 1, 0))
    identifier = frame[begin]
    if identifier == _SNAP:
        return _behind_snap(frame, begin + 1)
    ethertype = _ETHERTYPES.get(identifier)
    return Unread(f"frame relay 0x{identifier:02x}") if ethertype is None else follow(frame, ethertype, begin + 1)


def _behind_snap(frame: bytes, begin: int) -> LinkFrame | Unread:
    header = frame[begin : begin + _SNAP_HEADER]
    if len(header) < _SNAP_HEADER:
        return damaged(too_short("snap header", begin, _SNAP_HEADER, len(header)))
    if header in _BRIDGED:
        return follow(frame, ETHERNET, begin + _SNAP_HEADER)
    ethertype = int.from_bytes(header[3:])
    if not header.startswith(_ETHERTYPE_FOLLOWS) or ethertype < SMALLEST:
        return Unread("frame relay SNAP")
    return follow(frame, ethertype, begin + _SNAP_HEADER)
