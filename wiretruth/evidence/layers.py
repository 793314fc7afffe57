"""Where the headers and the payload of a packet stand in its frame."""

from typing import NamedTuple

from wiretruth.evidence.taken import Taken
from wiretruth.model.packet import IcmpMessage, LinkFrame, Packet, TcpSegment, UdpDatagram
from wiretruth.wire.innermost import transport_begin
from wiretruth.wire.link_types import decoders

_CHECKSUM = {TcpSegment: 16, UdpDatagram: 6, IcmpMessage: 2}
"""Where the checksum stands in each header."""
_UDP_HEADER, _ICMP_HEADER = 8, 8


class Layers(NamedTuple):
    """Places in a frame, in octets from its start."""

    network: int
    """The IP header."""
    transport: int
    checksum: int | None
    """Of the transport header; ``None`` where there is none: UDP may go without."""
    payload: int
    end: int
    """Behind the captured octets of the payload."""


def layers(taken: Taken, packet: Packet) -> Layers | None:
    """Find the places; ``None`` where they cannot be told: a fragment, damage, a packet within a tunnel.

    Args:
        taken: the frame.
        packet: as it was decoded.
    """
    link = decoders()[taken.link_type](taken.octets)
    if not isinstance(link, LinkFrame) or packet.transport is None or packet.fragment is not None:
        return None
    octets, transport = taken.octets, packet.transport
    begin = transport_begin(octets, link.offset)
    if isinstance(transport, IcmpMessage):
        end = min(len(octets), link.offset + packet.ip_length)
        return Layers(link.offset, begin, begin + _CHECKSUM[IcmpMessage], begin + _ICMP_HEADER, end)
    size = (octets[begin + 12] >> 4) * 4 if isinstance(transport, TcpSegment) else _UDP_HEADER
    payload = begin + size
    end = payload + len(transport.payload)
    if octets[payload:end] != transport.payload or not _is_outermost(octets, begin, transport):
        return None
    checksum = begin + _CHECKSUM[type(transport)]
    none = isinstance(transport, UdpDatagram) and octets[checksum : checksum + 2] == b"\0\0"
    return Layers(link.offset, begin, None if none else checksum, payload, end)


def _is_outermost(octets: bytes, begin: int, transport: TcpSegment | UdpDatagram) -> bool:
    """Tell whether the transport that was decoded is the one that stands here, and not one within a tunnel."""
    ports = transport.source_port.to_bytes(2) + transport.destination_port.to_bytes(2)
    sequence = transport.seq.to_bytes(4) if isinstance(transport, TcpSegment) else b""
    return octets.startswith(ports + sequence, begin)
