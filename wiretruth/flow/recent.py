"""Packets of one connection seen a moment ago: a mirror port, or ``-i any`` on a router, shows one packet twice."""

from collections import OrderedDict
from collections.abc import Hashable
from struct import Struct

from wiretruth.model.packet import Packet, TcpSegment

REMEMBERED = 128
"""Packets remembered of a connection: the second sighting follows within microseconds, or within the queue of a router, which
holds a window's worth; 64 KiB are 45 full segments, and as many acknowledgements at most."""

REMEMBERED_ERRORS = 4096
"""ICMP errors remembered in all."""

SAME_IDENTIFICATION = 1_000_000_000
"""Within one second no host sends two packets with one non-zero IP identification and the same segment (RFC 6864)."""

SAME_MOMENT = 1_000_000
"""Without an identification: no host retransmits within a millisecond (RFC 6298 asks for a second, Linux waits 200 ms)."""

FORWARDED = 100_000_000
"""Without an identification, but with another TTL: a router holds a packet no longer, and no host sends it again sooner."""

MARKS = "<IIIHBHHBBIII"
"""Sequence number, acknowledgement, length, IP identification, flags, port of the sender; and of a packet without identification: window,
number of SACK blocks, whether there is a timestamp, the timestamp, the first SACK block. That block names the segment which
brought the acknowledgement about (RFC 2018 §4): where it differs, so do the packets."""

SEEN = "qB"
"""When, and with which TTL."""

_ROW = Struct(MARKS + SEEN)
_MARKS, _SEEN = Struct(MARKS), Struct("<" + SEEN)
_SIZE, _BEHIND = _ROW.size, _MARKS.size
_FLAGS = Struct("<IIIH").size
_KEPT = REMEMBERED * _SIZE


class Recent:
    """Fingerprints of the last packets of one connection, :data:`REMEMBERED` at most."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows = bytearray()

    def repeats(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether this is the second sighting of a packet; remember it if not."""
        marks = _marks(packet, segment)
        if self._knows(marks, packet):
            return True
        self.extend(marks + _SEEN.pack(packet.at, packet.ttl))
        return False

    def note(self, packet: Packet, segment: TcpSegment) -> None:
        """Remember a packet that cannot be a second sighting."""
        self.extend(_marks(packet, segment) + _SEEN.pack(packet.at, packet.ttl))

    def extend(self, rows: bytes | memoryview) -> None:
        """Remember packets by their fingerprints, each packed as :data:`MARKS` and :data:`SEEN`, the oldest first."""
        kept = self._rows
        kept += rows
        if len(kept) > _KEPT:
            del kept[:-_KEPT]

    def may_know(self, row: memoryview) -> bool:
        """Tell whether a packet may be the second sighting of one, by its fingerprint."""
        rows = self._rows
        return row[_FLAGS] in rows[_FLAGS::_SIZE] and rows.rfind(row[:_BEHIND]) >= 0

    def forget(self) -> None:
        """Forget every packet: none of them is seen again so late."""
        self._rows = bytearray()

    def _knows(self, marks: bytes, packet: Packet) -> bool:
        rows = self._rows
        place = rows.rfind(marks)
        while place >= 0:
            if place % _SIZE == 0:
                at, ttl = _SEEN.unpack_from(rows, place + _BEHIND)
                later: int = abs(packet.at - at)
                return later <= _limit(packet, ttl)
            place = rows.rfind(marks, 0, place + _BEHIND - 1)
        return False


class RecentErrors:
    """The same of ICMP errors, by what they quote."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[Hashable, ...], tuple[int, int]] = OrderedDict()

    def repeats(self, packet: Packet, quoted: tuple[Hashable, ...]) -> bool:
        """Tell whether this is the second sighting of an error; remember it if not."""
        marks = (packet.ip_id, *quoted, packet.source, packet.destination, packet.vantage)
        seen = self._seen.get(marks)
        if seen is not None and abs(packet.at - seen[0]) <= _limit(packet, seen[1]):
            return True
        self._seen[marks] = (packet.at, packet.ttl)
        if len(self._seen) > REMEMBERED_ERRORS:
            self._seen.popitem(last=False)
        return False


def _limit(packet: Packet, ttl: int) -> int:
    """Give how long after the first sighting, which had *ttl*, a packet may be the second."""
    if packet.ip_id:
        return SAME_IDENTIFICATION
    return SAME_MOMENT if ttl == packet.ttl else FORWARDED


def _marks(packet: Packet, segment: TcpSegment) -> bytes:
    ip_id, value, sack = packet.ip_id or 0, segment.ts_value, segment.sack
    same = (segment.seq, segment.ack, segment.length, ip_id, segment.flags, segment.source_port)
    if ip_id:
        return _MARKS.pack(*same, 0, 0, 0, 0, 0, 0)
    left, right = sack[0] if sack else (0, 0)
    return _MARKS.pack(*same, segment.window, len(sack), value is not None, value or 0, left, right)
