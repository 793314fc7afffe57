"""One frame in, one packet out."""

from collections.abc import Callable

from wiretruth.model.frames import Fault
from wiretruth.model.packet import TCP, Packet, Unread
from wiretruth.wire import innermost, ipv4, ipv6, ipv6_extensions
from wiretruth.wire.damage import numbered
from wiretruth.wire.link_types import decoders
from wiretruth.wire.networks import NETWORKS, unread

MAX_FRAME = 1 << 20
"""Longest frame believed: Linux joins up to 512 KiB for segmentation offload (GSO_MAX_SIZE), and nothing is longer."""


def decode(
    frame: bytes | memoryview,
    link_type: int,
    *,
    vantage_of: Callable[[int | None], str],
    number: int,
    at: int,
    original: int,
) -> Packet | Unread:
    """Decode one frame; of a tunnel, the packet inside. Damage becomes faults, with offsets from the start of the frame.

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
    network = NETWORKS.get(ethertype)
    if network is None:
        return unread(ethertype)
    room = max(len(octets), min(original, MAX_FRAME)) - start
    packet = network(octets, start, room, direction, (vantage_of(interface_index), number, at))
    if isinstance(packet, Packet) and packet.protocol != TCP and innermost.is_tunnel(packet):
        begin, end = innermost.transport_begin(octets, start), start + min(packet.ip_length, room)
        packet = innermost.innermost(packet, octets, begin, end)
    if packet.faults:
        return packet._replace(faults=numbered(packet.faults, number))
    return packet


def reassembled(packet: Packet, octets: bytes) -> Packet:
    """Give the same packet with its transport read from a whole datagram; of a tunnel, the packet inside.

    Args:
        packet: the fragment that completed the datagram.
        octets: payload of the datagram, without IP header; offsets of faults count from its start.
    """
    size, begin, protocol = len(octets), 0, packet.protocol
    faults: tuple[Fault, ...]
    if packet.ip_id is None:
        protocol, transport, inner, faults = ipv6.payload(octets, protocol, 0, size, size)
        begin = ipv6_extensions.follow(octets, packet.protocol, 0, size).position
        if inner is not None:
            faults = (Fault("ipv6 fragment", 0, "a whole datagram", "a fragment within a fragment"),)
    else:
        protocol, begin, transport, faults = ipv4.payload(octets, protocol, 0, size, size)
    whole = packet._replace(protocol=protocol, transport=transport, fragment=None, faults=faults)
    if innermost.is_tunnel(whole):
        inside = innermost.innermost(whole, octets, begin, size)
        whole = inside if isinstance(inside, Packet) else whole._replace(faults=inside.faults)
    return whole._replace(faults=numbered(whole.faults, packet.number))
