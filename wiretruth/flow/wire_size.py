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
    size = packet.ip_length
    if not segment.length:
        return size
    headers = _IPV6_AND_TCP if packet.ip_id is None else _IPV4_AND_TCP
    if peer_mss:
        return size if size <= peer_mss + headers else min(peer_mss, own_mss or peer_mss) + headers
    return size if size <= UNTOLD else min(UNTOLD, own_mss + headers if own_mss else UNTOLD)
