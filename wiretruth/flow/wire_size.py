"""How large a packet was on the wire: offload shows the host, and its captures, many segments as one."""

from wiretruth.model.packet import Packet, TcpSegment

UNTOLD = 1500
"""IP total length believed of one packet where no MSS was seen: what Ethernet carries."""

_IPV4_AND_TCP, _IPV6_AND_TCP = 40, 60


def wire_size(packet: Packet, segment: TcpSegment, own_mss: int | None, peer_mss: int | None) -> int:
    """Give the IP total length with which a packet crossed the wire.

    A packet larger than its receiver's MSS allows is a super-segment: its pieces are as large as both sides' MSS allow.

    Args:
        packet: as captured.
        segment: of the packet.
        own_mss: announced by the packet's sender; tells of its own link.
        peer_mss: announced by its receiver; ``None`` where the handshake was not seen, or told none.
    """
    if not segment.length:
        return packet.ip_length
    version = 6 if packet.ip_id is None else 4
    return wire_sizes([packet.ip_length], own_mss, peer_mss, version)[0]


def wire_sizes(sizes: list[int], own_mss: int | None, peer_mss: int | None, version: int) -> list[int]:
    """Give the same of packets with octets of one side, by their sizes as captured; *version* is that of IP."""
    headers = _IPV6_AND_TCP if version == 6 else _IPV4_AND_TCP  # noqa: PLR2004 - the version's own number
    if peer_mss:
        largest, piece = peer_mss + headers, min(peer_mss, own_mss or peer_mss) + headers
    else:
        largest, piece = UNTOLD, min(UNTOLD, own_mss + headers if own_mss else UNTOLD)
    return sizes if max(sizes, default=0) <= largest else [size if size <= largest else piece for size in sizes]
