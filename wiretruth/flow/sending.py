"""What one side sent and the other acknowledged: the basis of every claim about silence in a session."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from wiretruth.flow.serial import MODULUS
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Unacknowledged

MAX_OUTSTANDING = 4096
"""Segments remembered as under way: 6 MB in full-size segments; beyond it the oldest is forgotten (a capture of one
direction sees no acknowledgement at all)."""

_start, _end = attrgetter("start"), attrgetter("end")


class _Segment:
    """A stretch of sequence space that was sent as one segment, maybe several times."""

    __slots__ = ("end", "first", "last", "least", "marks", "sendings", "size", "start")

    def __init__(self, start: int, end: int, size: int, mark: Mark) -> None:
        self.start = start
        self.end = end
        self.size = self.least = size
        """IP total lengths of the largest and of the smallest packet that carried it."""
        self.first = self.last = mark
        self.sendings = 1
        self.marks: tuple[Mark, ...] = (mark,)

    def again(self, size: int, mark: Mark) -> None:
        self.size = max(self.size, size)
        self.least = min(self.least, size)
        self.last = mark
        self.sendings += 1
        if len(self.marks) < KEPT_FRAMES:
            self.marks += (mark,)

    def split(self, at: int) -> "_Segment":
        """Cut off, and give, what lies behind *at*."""
        rest = _Segment(at, self.end, self.size, self.first)
        rest.least, rest.last, rest.sendings, rest.marks = self.least, self.last, self.sendings, self.marks
        self.end = at
        return rest


class NewSegments(NamedTuple):
    """Consecutive segments with octets that were never sent before."""

    rows: list[int]
    """Where the mark of each stands in :attr:`marks`."""
    ends: list[int]
    """Where each of them ends, as on the wire."""
    sizes: list[int]
    """IP total length of each, as it crossed the wire."""
    headers: set[int]
    """How many octets of headers they have."""
    marks: Sequence[Mark]
    """When and in which frame."""


class Sending:
    """One direction's segments under way, in unwrapped sequence numbers; the FIN takes one number, as on the wire.

    The segments are in order and do not overlap. Segmentation offload shows many as one; a retransmission may be cut
    otherwise than the first sending: they are split and joined accordingly.
    """

    __slots__ = (
        "_under_way",
        "acknowledged",
        "fin",
        "first",
        "headers",
        "highest",
        "largest",
        "octets",
        "resent",
        "retransmitted",
    )

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
        self.headers = 0
        """Octets of IP and TCP header in the last packet."""
        self.retransmitted = 0
        self.resent: tuple[Mark, ...] = ()
        """When it did so, at most KEPT_FRAMES times."""
        self.fin: int | None = None
        self._under_way: list[_Segment] = []

    def send(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Note a segment that takes sequence numbers and was sent in order, or again.

        Args:
            start: of its first octet.
            end: behind its last octet, or behind its FIN.
            size: IP total length as it crossed the wire.
            mark: when and in which frame.
        """
        if start < self.highest:
            self.retransmitted += 1
            if len(self.resent) < KEPT_FRAMES:
                self.resent += (mark,)
            self._again(start, min(end, self.highest), size, mark)
            start = self.highest
        if start < end:
            self.highest = end
            self._note(start, end, size, mark)

    def fill(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Note a segment that was sent earlier than its successors and passed the vantage behind them."""
        known = self._between(start, end)
        for segment in known:
            if start < segment.start:
                self._note(start, segment.start, size, mark)
            start = segment.end
        if start < end:
            self._note(start, end, size, mark)
        self.highest = max(self.highest, end)

    def acknowledge(self, number: int, blocks: Iterable[tuple[int, int]] = ()) -> None:
        """Note an acknowledgement up to *number*, with selective ones (RFC 2018) beyond it."""
        if number > self.acknowledged:
            self.acknowledged = number
            if self._under_way:
                self._arrived_before(number)
        for left, right in blocks:
            if self.acknowledged < right and left < right:
                self._between(max(left, self.acknowledged), right)
                waiting = self._under_way
                self._arrived(bisect_left(waiting, left, key=_start), bisect_right(waiting, right, key=_end))

    def advance(self, sent: NewSegments, acks: list[int]) -> bool:
        """Note consecutive new segments and acknowledgements at once, whatever their order was, or tell that it cannot be done.

        It may be so where all segments under way have alike headers, and each acknowledgement is of whole ones.

        Args:
            sent: the segments, at least one unless all acknowledgements are of what went before.
            acks: as on the wire, new and in order.
        """
        rows, ends, sizes, headers, marks = sent
        waiting, before = self._under_way, self.highest
        if waiting:
            if len(waiting) + len(ends) > MAX_OUTSTANDING or not headers <= {self.headers}:
                return False
            if not {segment.end % MODULUS for segment in waiting}.union(ends).issuperset(acks):
                return False
        elif not set(ends).issuperset(acks):
            return False
        if len(headers) > 1:
            return False
        if acks:
            self.acknowledge(self.acknowledged + (acks[-1] - self.acknowledged) % MODULUS)
        if not rows:
            return True
        following = self.highest = before + (ends[-1] - before) % MODULUS
        start, arrived = before, 0
        if acks and acks[-1] in ends:
            start, arrived = self.acknowledged, ends.index(acks[-1]) + 1
            self.octets += start - before
            self.largest = max(self.largest, *sizes[:arrived])
        for place in range(arrived, len(ends)):
            end = following - (ends[-1] - ends[place]) % MODULUS
            waiting.append(_Segment(start, end, sizes[place], marks[rows[place]]))
            start = end
        return True

    def went_on(self, sent: int, acknowledged: int, under_way: Iterable[tuple[int, int, Mark]]) -> None:
        """Note what was sent once and in order, and acknowledged in whole segments.

        Args:
            sent: numbers, from the first one.
            acknowledged: of these.
            under_way: where the segments beyond end, their sizes and marks.
        """
        self.highest, self.acknowledged, self.octets = self.first + sent, self.first + acknowledged, acknowledged
        start = self.acknowledged
        for end, size, mark in under_way:
            self._under_way.append(_Segment(start, end, size, mark))
            start = end

    def unacknowledged(self, dont_fragment: bool) -> Unacknowledged | None:
        """Give what is still under way."""
        if not self._under_way:
            return None
        oldest = self._under_way[0]
        closing = self.fin is not None and self.fin < self.highest
        fin_only = self.fin is not None and oldest.start >= self.fin
        repeated = [s.least for s in self._under_way if s.sendings > 1 and s.start != self.fin]
        return Unacknowledged(
            octets=self.highest - oldest.start - closing,
            first=oldest.first,
            last=oldest.last,
            sendings=oldest.sendings,
            frames=tuple(mark.frame for mark in oldest.marks),
            smallest=0 if fin_only else min(repeated, default=oldest.least),
            dont_fragment=dont_fragment,
            fin_only=fin_only,
            marks=oldest.marks,
        )

    def _note(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Remember a stretch that no other covers, or count what of it was acknowledged before it was seen."""
        if start < self.acknowledged:
            self._count(min(end, self.acknowledged) - start, size)
            start = self.acknowledged
        if start >= end:
            return
        waiting = self._under_way
        segment = _Segment(start, end, size, mark)
        if not waiting or waiting[-1].start < start:
            waiting.append(segment)
        else:
            waiting.insert(bisect_left(waiting, start, key=_start), segment)
        if len(waiting) > MAX_OUTSTANDING:
            del waiting[0]

    def _again(self, start: int, end: int, size: int, mark: Mark) -> None:
        """Note a retransmission: what it repeats is one segment from now on."""
        known = self._between(max(start, self.acknowledged), end)
        if not known:
            return
        joined, others = known[0], known[1:]
        joined.again(size, mark)
        if others:
            joined.size = max(s.size for s in known)
            joined.least = min(s.least for s in known)
            joined.end = others[-1].end
            position = bisect_left(self._under_way, joined.start, key=_start)
            del self._under_way[position + 1 : position + len(known)]

    def _between(self, start: int, end: int) -> list[_Segment]:
        """Give the segments from *start* to *end*, splitting those that reach beyond."""
        waiting = self._under_way
        for edge in (start, end):
            position = bisect_right(waiting, edge, key=_end)
            if position < len(waiting) and waiting[position].start < edge:
                waiting.insert(position + 1, waiting[position].split(edge))
        del waiting[: max(len(waiting) - MAX_OUTSTANDING, 0)]
        return waiting[bisect_left(waiting, start, key=_start) : bisect_right(waiting, end, key=_end)]

    def _arrived_before(self, number: int) -> None:
        done = 0
        for segment in self._under_way:
            if segment.start >= number:
                break
            self._count(min(segment.end, number) - segment.start, segment.size)
            if segment.end > number:
                segment.start = number
                break
            done += 1
        del self._under_way[:done]

    def _arrived(self, left: int, right: int) -> None:
        for segment in self._under_way[left:right]:
            self._count(segment.end - segment.start, segment.size)
        del self._under_way[left:right]

    def _count(self, numbers: int, size: int) -> None:
        """Count what was acknowledged; of a super-segment, no larger packet than its part that arrived."""
        self.octets += numbers
        self.largest = max(self.largest, min(size, numbers + self.headers))
