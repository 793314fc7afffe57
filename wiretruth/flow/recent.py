"""Packets seen a moment ago: a mirror port, or ``-i any`` on a router, shows one packet twice."""

from collections import deque

from wiretruth.model.packet import Packet, TcpSegment

REMEMBERED = 4096
"""Packets remembered in all: the second sighting of a packet follows within microseconds."""

SAME_IDENTIFICATION = 1_000_000_000
"""Within one second no host sends two packets with one non-zero IP identification and the same segment (RFC 6864)."""

SAME_MOMENT = 1_000_000
"""Without an identification: no host retransmits within a millisecond (RFC 6298 asks for a second, Linux waits 200 ms)."""


class Recent:
    """Fingerprints of the last packets, over all connections."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], int] = {}
        self._order: deque[tuple[object, ...]] = deque()

    def repeats(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether this is the second sighting of a packet at its vantage; remember it if not."""
        marks: tuple[object, ...] = (
            packet.ip_id or (segment.window, segment.ts_value),
            segment[:5],
            segment.length,
            packet.source,
            packet.destination,
            packet.vantage,
        )
        seen = self._seen.get(marks)
        limit = SAME_IDENTIFICATION if packet.ip_id else SAME_MOMENT
        if seen is not None and abs(packet.at - seen) <= limit:
            return True
        if seen is None:
            self._order.append(marks)
            if len(self._order) > REMEMBERED:
                del self._seen[self._order.popleft()]
        self._seen[marks] = packet.at
        return False
