"""One frame in, one packet out."""

from collections.abc import Callable

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Packet, Unread
from wiretruth.wire import ipv4, ipv6
from wiretruth.wire.damage import numbered
from wiretruth.wire.link_types import decoders

MAX_FRAME = 1 << 20
"""Longest frame believed: Linux joins up to 512 KiB for segmentation offload (GSO_MAX_SIZE), and nothing is longer."""

_NETWORKS = {0x0800: ipv4.decode, 0x86DD: ipv6.decode}
_KINDS = {0x0806: "ARP"}


def decode(
    frame: bytes | memoryview,
    link_type: int,
    *,
    vantage_of: Callable[[int | None], str],
    number: int,
    at: int,
    original: int,
) -> Packet | Unread:
    """Decode one frame. Damage becomes faults, with offsets from the start of the frame.

    Args:
        frame: the captured octets; they are copied.
        link_type: LINKTYPE number (tcpdump.org/linktypes.html).
        vantage_of: gives the vantage's label for a kernel interface index, or for ``None`` where the link tells none.
        number: frame number within the input, from 1.
        at: nanoseconds since the Unix epoch.
        original: octets that the frame had on the wire; never less than were captured, and believed up to
            MAX_FRAME.

    Raises: nothing of its own.
    """
    octets = bytes(frame)
    link = decoders().get(link_type)
    if link is None:
        return Unread(f"link type {link_type}")
    head = link(octets)
    if isinstance(head, Unread):
        return head._replace(faults=numbered(head.faults, number))
    ethertype, start, direction, interface_index = head
    network = _NETWORKS.get(ethertype)
    if network is None:
        return Unread(_KINDS.get(ethertype) or f"EtherType 0x{ethertype:04x}")
    room = max(len(octets), min(original, MAX_FRAME)) - start
    packet = network(octets, start, room, direction, (vantage_of(interface_index), number, at))
    if packet.faults:
        return packet._replace(faults=numbered(packet.faults, number))
    return packet


def reassembled(packet: Packet, octets: bytes) -> Packet:
    """Give the same packet with its transport read from a whole datagram.

    Args:
        packet: the fragment that completed the datagram.
        octets: payload of the datagram, without IP header; offsets of faults count from its start.
    """
    size = len(octets)
    protocol = packet.protocol
    if packet.ip_id is None:
        protocol, transport, inner, faults = ipv6.payload(octets, protocol, 0, size, size)
        if inner is not None:
            faults = (Fault("ipv6 fragment", 0, "a whole datagram", "a fragment within a fragment"),)
    else:
        reader = ipv4.READERS.get(protocol)
        transport, faults = reader(octets, 0, size, size) if reader else (None, ())
    faults = numbered(faults, packet.number)
    return packet._replace(protocol=protocol, transport=transport, fragment=None, faults=faults)
