"""Which reader takes a network packet, by EtherType."""

from collections.abc import Callable

from wiretruth.model.packet import Direction, Packet, Unread
from wiretruth.wire import ipv4, ipv6
from wiretruth.wire.seen import Seen

NETWORKS: dict[int, Callable[[bytes, int, int, Direction, Seen], Packet | Unread]] = {
    0x0800: ipv4.decode,
    0x86DD: ipv6.decode,
}
_KINDS = {0x0806: "ARP"}


def unread(ethertype: int) -> Unread:
    """Name a payload that no reader takes."""
    return Unread(_KINDS.get(ethertype) or f"EtherType 0x{ethertype:04x}")
