"""What may stand between a link header and the network packet: VLAN tags, and LLC where the type is a length."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

TAGS = frozenset({0x8100, 0x88A8, 0x9100})
"""IEEE 802.1Q, 802.1ad, and the number that switches used before 802.1ad."""

MAX_TAGS = 8
"""Tags followed in one frame; 802.1ad needs two, and nobody was seen to stack more than four."""

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
    for _ in range(MAX_TAGS):
        if ethertype not in TAGS:
            break
        if len(frame) < offset + 4:
            return damaged(too_short("vlan tag", offset, 4, len(frame) - offset))
        ethertype = int.from_bytes(frame[offset + 2 : offset + 4])
        offset += 4
    if ethertype in TAGS:
        return damaged(Fault("vlan tag", offset, f"at most {MAX_TAGS} tags", "another tag"))
    if ethertype < SMALLEST:
        return logical_link(frame, offset, direction, interface_index)
    return LinkFrame(ethertype, offset, direction, interface_index)


def logical_link(frame: bytes, offset: int, direction: Direction, interface_index: int | None) -> LinkFrame | Unread:
    """Find the network packet behind an LLC header at *offset* (IEEE 802.2; RFC 1042)."""
    if frame.startswith(_SNAP, offset):
        if len(frame) < offset + 8:
            return damaged(too_short("snap header", offset, 8, len(frame) - offset))
        ethertype = int.from_bytes(frame[offset + 6 : offset + 8])
        return LinkFrame(ethertype, offset + 8, direction, interface_index)
    if frame.startswith(_LLC_IPV4, offset):
        return LinkFrame(0x0800, offset + 3, direction, interface_index)
    return Unread("LLC")
