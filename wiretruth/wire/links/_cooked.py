"""What both Linux "cooked" headers share: packet types and the meaning of their protocol field."""

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links._ethertype import SMALLEST, follow, logical_link

_IN, _OUT, _UNKNOWN = Direction.IN, Direction.OUT, Direction.UNKNOWN

_DIRECTIONS = (_IN, _IN, _IN, _IN, _OUT)
"""By packet type: to this host, broadcast, multicast, to somebody else, sent by this host."""

_LLC = 0x0004
"""LINUX_SLL_P_802_2."""


def direction_of(packet_type: int) -> Direction:
    """Tell which way a frame of this packet type went."""
    return _DIRECTIONS[packet_type] if packet_type < len(_DIRECTIONS) else _UNKNOWN


def payload(
    frame: bytes, protocol: int, offset: int, direction: Direction, interface_index: int | None = None
) -> LinkFrame | Unread:
    """Find the network packet behind a cooked header; VLAN tags may stand before it."""
    if protocol == _LLC:
        return logical_link(frame, offset, direction, interface_index)
    if protocol < SMALLEST:
        return Unread(f"cooked protocol 0x{protocol:04x}")
    return follow(frame, protocol, offset, direction, interface_index)
