"""What may stand between a link header and the network packet, told by EtherType: tags, labels, PPP, another Ethernet header.

Each of these headers says in its own way the EtherType of what follows it. LLC stands where the type is a length.
"""

import functools
from collections.abc import Callable

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.links import _mpls, _ppp, _pppoe

TAGS = {0x8100: 4, 0x88A8: 4, 0x9100: 4, 0x9200: 4, 0x8926: 6, 0x893F: 8}
"""IEEE 802.1Q, 802.1ad, the numbers that switches used before it, Cisco's VN-Tag, the E-Tag of 802.1BR; with the octets of
each, the type behind it included."""

ETHERNET = 0x6558
"""Transparent Ethernet bridging (RFC 1701): a whole Ethernet frame."""

MAX_SHIMS = 8
"""Headers followed in one frame, a stack of labels as one: 802.1ad needs two, and nobody was seen to stack more than four."""

SMALLEST = 0x0600
"""IEEE 802.3 §3.2.6: a smaller value is a length, and LLC follows."""

_LLC_IPV4 = b"\x06\x06\x03"
_SNAP = (b"\xaa\xaa\x03\x00\x00\x00", b"\xaa\xaa\x03\x00\x00\xf8")
"""RFC 1042, and the bridge-tunnel encapsulation of IEEE 802.1H."""


def follow(
    frame: bytes,
    ethertype: int,
    offset: int,
    direction: Direction = Direction.UNKNOWN,
    interface_index: int | None = None,
) -> LinkFrame | Unread:
    """Find the network packet behind the type field that says *ethertype*, *offset* being the octet after it."""
    for _ in range(MAX_SHIMS):
        shim = _SHIMS.get(ethertype) if ethertype >= SMALLEST else _logical_link
        if shim is None:
            return LinkFrame(ethertype, offset, direction, interface_index)
        found = shim(frame, offset)
        if isinstance(found, Unread):
            return found
        ethertype, offset = found
    if ethertype in _SHIMS or ethertype < SMALLEST:
        return damaged(Fault("link headers", offset, f"at most {MAX_SHIMS} of them", "another one"))
    return LinkFrame(ethertype, offset, direction, interface_index)


def logical_link(
    frame: bytes, offset: int, direction: Direction = Direction.UNKNOWN, interface_index: int | None = None
) -> LinkFrame | Unread:
    """Find the network packet behind an LLC header at *offset* (IEEE 802.2; RFC 1042)."""
    return follow(frame, 0, offset, direction, interface_index)


def _logical_link(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    if frame.startswith(_LLC_IPV4, offset):
        return 0x0800, offset + 3
    if not frame.startswith(_SNAP, offset):
        return Unread("LLC")
    if len(frame) < offset + 8:
        return damaged(too_short("snap header", offset, 8, len(frame) - offset))
    ethertype = int.from_bytes(frame[offset + 6 : offset + 8])
    return (ethertype, offset + 8) if ethertype >= SMALLEST else Unread("LLC")


def _tag(size: int, frame: bytes, offset: int) -> tuple[int, int] | Unread:
    there = len(frame) - offset
    if there < size:
        return damaged(too_short("vlan tag", offset, size, there))
    return int.from_bytes(frame[offset + size - 2 : offset + size]), offset + size


def _ethernet(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    there = len(frame) - offset
    if there < 14:  # noqa: PLR2004  two addresses and the type
        return damaged(too_short("ethernet header", offset, 14, there))
    return int.from_bytes(frame[offset + 12 : offset + 14]), offset + 14


_SHIMS: dict[int, Callable[[bytes, int], tuple[int, int] | Unread]] = {
    **{tag: functools.partial(_tag, size) for tag, size in TAGS.items()},
    **dict.fromkeys(_mpls.ETHERTYPES, _mpls.follow),
    _pppoe.ETHERTYPE: _pppoe.follow,
    _ppp.ETHERTYPE: _ppp.follow,
    ETHERNET: _ethernet,
}
