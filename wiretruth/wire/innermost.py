"""Packets within packets: what a tunnel's packet is at a vantage.

It is the packet inside: that one is mail or DNS, and the tunnel is only how it got there. The vantage is where the frame
was captured, and its label says nothing of the tunnel. So a packet seen before and after it went into a tunnel, at two
vantages, is one connection with two sightings, as on any router; seen twice at one vantage (``tcpdump -i any`` where the
link header names no interface), it is a second sighting, recognised as that of a mirrored packet is.

What cannot be opened is named and counted: ESP, or a payload that is no IP. A UDP port alone proves no tunnel: where its
header makes no sense, or the datagram comes from the DNS port, the outer packet stays what it is.

Mirrors may cut the packets that they wrap: an inner packet that is longer than the outer one has a fault, and its lengths
count as behind a snap length.
Networks of several tenants with the same addresses in one capture are not told apart.
"""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Packet, UdpDatagram, Unread
from wiretruth.wire import authentication, udp
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.ipv6_extensions import follow
from wiretruth.wire.networks import NETWORKS, unread
from wiretruth.wire.tunnel_types import by_port, by_protocol

MAX_TUNNELS = 4
"""Tunnels opened, one in another: mirrored traffic (ERSPAN) of a virtual network (VXLAN) with a tunnel in it needs three."""

_DNS = 53


def innermost(outer: Packet, octets: bytes, begin: int, end: int) -> Packet | Unread:
    """Give the packet that *outer* holds, if it holds one; otherwise *outer* itself.

    Args:
        outer: as decoded.
        octets: the frame, or the payload of a reassembled datagram.
        begin: where the header of the protocol of *outer* begins.
        end: where *outer* ended on the wire.
    """
    packet = outer
    for _ in range(MAX_TUNNELS):
        octets = octets[:end]
        inside = _opened(packet, octets, begin)
        if inside is None:
            return packet
        read = inside if isinstance(inside, Unread) else _read(outer, octets, inside, end)
        if packet.faults:
            read = read._replace(faults=packet.faults + read.faults)
        if isinstance(inside, Unread) or isinstance(read, Unread):
            return read
        packet, start = read, inside.offset
        begin, end = transport_begin(octets, start), start + packet.ip_length
    if _opened(packet, octets[:end], begin) is None:
        return packet
    return damaged(Fault("tunnel", begin, f"at most {MAX_TUNNELS}, one in another", "another one"))


def is_tunnel(packet: Packet) -> bool:
    """Tell whether a packet may hold another one; cheap, for it is asked of every packet."""
    datagram = packet.transport
    if isinstance(datagram, UdpDatagram):
        return datagram.destination_port in by_port()
    return packet.protocol in by_protocol()


def transport_begin(octets: bytes, start: int) -> int:
    """Tell where the header of the last protocol begins in the packet at *start*, whose IP header is sound."""
    if octets[start] >> 4 == 6:  # noqa: PLR2004  the version
        return follow(octets, octets[start + 6], start + 40, len(octets)).position
    begin = start + (octets[start] & 0x0F) * 4
    if octets[start + 9] == authentication.PROTOCOL:
        return authentication.skip(octets, begin, len(octets)).begin
    return begin


def _opened(packet: Packet, octets: bytes, begin: int) -> LinkFrame | Unread | None:
    """Find what *packet* holds; ``None`` where it is no tunnel's."""
    if packet.fragment is not None:
        return None
    datagram = packet.transport
    if datagram is None:
        by_number = by_protocol().get(packet.protocol)
        return by_number(octets, begin) if by_number else None
    if not isinstance(datagram, UdpDatagram) or datagram.source_port == _DNS:
        return None
    reader = by_port().get(datagram.destination_port)
    return reader(octets[: begin + udp.HEADER + datagram.length], begin + udp.HEADER) if reader else None


def _read(outer: Packet, octets: bytes, inside: LinkFrame, end: int) -> Packet | Unread:
    """Read the packet at the place that was found."""
    network = NETWORKS.get(inside.ethertype)
    if network is None:
        return unread(inside.ethertype)
    seen = (outer.vantage, outer.number, outer.at)
    room, stated = end - inside.offset, _stated(octets, inside)
    read = network(octets, inside.offset, max(room, stated), outer.direction, seen)
    if stated > room and isinstance(read, Packet):
        return read._replace(faults=(too_short("packet in a tunnel", inside.offset, stated, room), *read.faults))
    return read


def _stated(octets: bytes, inside: LinkFrame) -> int:
    """Give the length that an inner packet states: what is beyond the outer one was cut by whoever mirrored it."""
    if inside.ethertype == 0x0800:  # noqa: PLR2004  IPv4
        return int.from_bytes(octets[inside.offset + 2 : inside.offset + 4])
    return 40 + int.from_bytes(octets[inside.offset + 4 : inside.offset + 6])
