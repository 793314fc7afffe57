"""Packets seen a moment ago: a mirror port, or ``-i any`` on a router, shows one packet twice."""

from wiretruth.model.packet import Packet, TcpSegment

REMEMBERED = 4096
"""Packets remembered in all: the second sighting of a packet follows within microseconds."""

SAME_IDENTIFICATION = 1_000_000_000
"""Within one second no host sends two packets with one non-zero IP identification and the same segment (RFC 6864)."""

SAME_MOMENT = 1_000_000
"""Without an identification: no host retransmits within a millisecond (RFC 6298 asks for a second, Linux waits 200 ms)."""

FORWARDED = 100_000_000
"""Without an identification, but with another TTL: a router holds a packet no longer, and no host sends it again sooner."""

_Marks = tuple[object, ...]


class Recent:
    """Fingerprints of the last packets, over all connections: at least REMEMBERED, at most twice as many."""

    def __init__(self) -> None:
        self._seen: dict[_Marks, tuple[int, int]] = {}
        self._older: dict[_Marks, tuple[int, int]] = {}

    def repeats(self, packet: Packet, segment: TcpSegment, connection: int) -> bool:
        """Tell whether this is the second sighting of a packet at its vantage; remember it if not.

        Args:
            packet: as seen.
            segment: of the packet.
            connection: a number for the connection that it belongs to.
        """
        source_port, _, seq, ack, flags, window, _, length, *_ = segment
        marks: _Marks = (packet.ip_id, seq, ack, flags, length, source_port, connection)
        if not packet.ip_id:
            marks = (window, segment.ts_value, segment.sack, *marks)
        return self._remembers(marks, packet)

    def repeats_error(self, packet: Packet, quoted: _Marks) -> bool:
        """Tell the same of an ICMP error, by what it quotes."""
        return self._remembers((packet.ip_id, *quoted, packet.source, packet.destination, packet.vantage), packet)

    def _remembers(self, marks: _Marks, packet: Packet) -> bool:
        at, ttl = packet.at, packet.ttl
        seen = self._seen.get(marks) or self._older.get(marks)
        if seen is not None:
            limit = SAME_IDENTIFICATION if packet.ip_id else SAME_MOMENT if ttl == seen[1] else FORWARDED
            if abs(at - seen[0]) <= limit:
                return True
        self._seen[marks] = (at, ttl)
        if len(self._seen) >= REMEMBERED:
            self._older, self._seen = self._seen, {}
        return False
