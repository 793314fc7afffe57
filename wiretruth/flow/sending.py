"""What one side sent and the other acknowledged: the basis of every claim about silence in a session."""

from collections import deque
from collections.abc import Iterable

from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Unacknowledged

MAX_OUTSTANDING = 4096
"""Segments remembered as under way: 6 MB in full-size segments; beyond it the oldest is forgotten (a capture of one
direction sees no acknowledgement at all)."""


class _Segment:
    """A stretch of sequence space that was sent as one segment, maybe several times."""

    __slots__ = ("end", "first", "frames", "last", "sacked", "sendings", "size", "start")

    def __init__(self, start: int, end: int, size: int, mark: Mark) -> None:
        self.start = start
        self.end = end
        self.size = size
        self.first = self.last = mark
        self.sendings = 1
        self.frames: tuple[int, ...] = (mark.frame,)
        self.sacked = False

    def again(self, mark: Mark) -> None:
        self.last = mark
        self.sendings += 1
        if len(self.frames) < KEPT_FRAMES:
            self.frames += (mark.frame,)


class Sending:
    """One direction's segments under way, in unwrapped sequence numbers; the FIN takes one number, as on the wire."""

    __slots__ = ("_under_way", "acknowledged", "fin", "first", "highest", "largest", "octets", "retransmitted")

    def __init__(self, first: int) -> None:
        """Begin at a sequence number.

        Args:
            first: unwrapped sequence number of the first octet that may be sent.
        """
        self.first = first
        self.highest = first
        self.acknowledged = first
        self.octets = 0
        """Sequence numbers acknowledged of segments that were seen."""
        self.largest = 0
        """IP total length of the largest segment acknowledged."""
        self.retransmitted = 0
        self.fin: int | None = None
        self._under_way: deque[_Segment] = deque()

    def send(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Note a segment that takes sequence numbers and was sent in order, or again.

        Args:
            start: of its first octet.
            end: behind its last octet, or behind its FIN.
            size: IP total length as it crossed the wire.
            mark: when and in which frame.
        """
        if start >= self.highest:
            self.highest = end
            if end <= self.acknowledged:
                self._arrived(end - start, size)
                return
            self._under_way.append(_Segment(start, end, size, mark))
            if len(self._under_way) > MAX_OUTSTANDING:
                self._under_way.popleft()
            return
        self.retransmitted += 1
        self._again(start, end, mark)
        if end > self.highest:
            self._under_way.append(_Segment(self.highest, end, size, mark))
            self.highest = end

    def fill(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Note a segment that was sent earlier than its successors and passed the vantage behind them."""
        if end <= self.acknowledged:
            self._arrived(end - start, size)
            return
        segments = [*self._under_way, _Segment(start, end, size, mark)]
        self._under_way = deque(sorted(segments, key=lambda s: s.start))

    def acknowledge(self, number: int, blocks: Iterable[tuple[int, int]] = ()) -> None:
        """Note an acknowledgement up to *number*, with selective ones (RFC 2018) beyond it."""
        if number > self.acknowledged:
            self.acknowledged = number
            while self._under_way and self._under_way[0].end <= number:
                segment = self._under_way.popleft()
                self._arrived(segment.end - segment.start, segment.size)
        for left, right in blocks:
            for segment in self._under_way:
                if not segment.sacked and left <= segment.start and segment.end <= right:
                    segment.sacked = True
                    self.largest = max(self.largest, segment.size)

    def unacknowledged(self, dont_fragment: bool) -> Unacknowledged | None:
        """Give what is still under way."""
        waiting = [s for s in self._under_way if not s.sacked]
        if not waiting:
            return None
        oldest = waiting[0]
        start = max(oldest.start, self.acknowledged)
        octets = self.highest - start - (1 if self.fin is not None and self.fin < self.highest else 0)
        fin_only = self.fin is not None and start >= self.fin
        repeated = [s.size for s in waiting if s.sendings > 1 and s.start != self.fin]
        return Unacknowledged(
            octets=octets,
            first=oldest.first,
            last=oldest.last,
            sendings=oldest.sendings,
            frames=oldest.frames,
            smallest=0 if fin_only else min(repeated, default=oldest.size),
            dont_fragment=dont_fragment,
            fin_only=fin_only,
        )

    def _arrived(self, numbers: int, size: int) -> None:
        self.octets += numbers
        self.largest = max(self.largest, size)

    def _again(self, start: int, end: int, mark: Mark) -> None:
        for segment in self._under_way:
            if segment.start < end and start < segment.end:
                segment.again(mark)
                return
            if segment.start >= end:
                return
