"""One direction in order: each octet once, holes waited for, and what will never come told as such."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter, ne
from typing import NamedTuple

MAX_BUFFERED = 1 << 20
"""Octets held behind a hole, per direction: sixteen windows of 64 KiB; Linux autotunes above it only on long fat paths."""

MAX_PIECES = 1024
"""Pieces held behind a hole: a flood of tiny segments costs no more than this."""

PATIENCE = 3
"""Packets that may pass before an acknowledgement of octets not yet seen is believed: taps and parallel receive queues
swap neighbours, but hardly move a packet by more (RFC 4737 measures the same)."""

MAX_RECALLED = 4096
"""Octets kept of the last segment delivered, to hold a second telling of it against the first: two Ethernet segments."""

_start, _end = attrgetter("start"), attrgetter("end")


class Piece(NamedTuple):
    """Octets that arrived, in unwrapped sequence numbers; ``end`` lies beyond ``octets`` where the capture cut them."""

    start: int
    end: int
    octets: bytes
    at: int
    frame: int


class Hole(NamedTuple):
    """Octets that are given up."""

    length: int
    at: int
    frame: int


Delivery = Sequence[Piece | Hole]
"""What is now in order. Moments and frames never go back: octets that waited for others became readable with those."""


class Reassembly:
    """The receiver's view of one direction, as far as this vantage saw it."""

    __slots__ = (
        "_at", "_buffered", "_claimed", "_frame", "_given_up", "_given_up_to", "_lost", "_patience", "_pieces",
        "_recalled", "conflicts", "cut", "end", "next", "octets",
    )  # fmt: skip

    def __init__(self, first: int) -> None:
        """Begin at a sequence number.

        Args:
            first: unwrapped sequence number of the first octet to deliver.
        """
        self.next = first
        self.end: int | None = None
        """Where the stream ends, once its FIN was seen."""
        self.octets = 0
        self.conflicts = 0
        self.cut = 0
        """Octets among the missing of which the capture kept only the headers."""
        self._lost = self._given_up = self._given_up_to = 0
        self._pieces: list[Piece] = []
        self._buffered = 0
        self._recalled = b""
        self._claimed = first
        self._patience = PATIENCE
        self._at = self._frame = 0

    def finish(self, end: int | None) -> None:
        """Note where the stream ends; ``None`` takes it back. The FIN, acknowledged before it was seen, is no octet."""
        self.end = end
        if end is not None:
            self._claimed = min(self._claimed, end)

    @property
    def missing(self) -> int:
        """Octets that the receiver acknowledged and that were not seen, or seen cut."""
        return self._lost + (self._given_up if self._claimed >= self._given_up_to else 0)

    def new_octets(self, start: int, end: int) -> bool:
        """Tell whether any octet from *start* to *end* has not been seen before."""
        start = max(start, self.next)
        pieces = self._pieces
        for position in range(bisect_right(pieces, start, key=_end), len(pieces)):
            if pieces[position].start > start:
                break
            start = pieces[position].end
            if start >= end:
                return False
        return start < end

    def take(self, start: int, end: int, octets: bytes) -> bool:
        """Take a whole segment's octets if they are the very next ones and nothing waits: the ordinary case, made cheap."""
        if start != self.next or self._pieces or end - start != len(octets):
            return False
        self.next = end
        self.octets += end - start
        self._recalled = octets[-MAX_RECALLED:]
        return True

    def stands_at(self, number: int) -> bool:
        """Tell whether everything before *number* was delivered, nothing waits, nothing is lacking and no end is known."""
        return self.next == number and not self._pieces and self._claimed <= number and self.end is None

    def took(self, octets: int, last: memoryview) -> None:
        """Note that so many octets were the very next ones; *last* are those of the last segment."""
        self.next += octets
        self.octets += octets
        self._recalled = last[-MAX_RECALLED:].tobytes()

    def put(self, piece: Piece) -> Delivery:
        """Take a segment's octets; give what is now in order."""
        if piece.start < self.next:
            self._compare(piece)
        if piece.end <= self.next:
            return ()
        self._insert(_trimmed(piece, max(piece.start, self.next), piece.end))
        done = self._drain()
        while self._buffered > MAX_BUFFERED or len(self._pieces) > MAX_PIECES:
            self._given_up_to = self._pieces[0].start
            self._given_up += self._given_up_to - self.next
            done += self._skip(self._given_up_to, piece.at, piece.frame)
        return done

    def acknowledge(self, number: int) -> None:
        """Note that the receiver has everything before *number*."""
        if self.end is not None and number > self.end:
            number = self.end
        if number > self._claimed:
            if self._claimed <= self.next:
                self._patience = PATIENCE
            self._claimed = number

    @property
    def lacks(self) -> bool:
        """Tell whether octets were acknowledged that were not seen."""
        return self._claimed > self.next

    def pass_packet(self, at: int, frame: int) -> Delivery:
        """Note that another packet of the connection passed; give up, after some, on octets acknowledged but not seen."""
        if self._claimed <= self.next or self._may_be_fin():
            return ()
        self._patience -= 1
        if self._patience >= 0:
            return ()
        self._patience = PATIENCE
        return self._believe(at, frame)

    def flush(self, at: int, frame: int) -> Delivery:
        """Deliver what waits behind holes: nothing more will come."""
        done = [] if self._may_be_fin() else self._believe(at, frame)
        while self._pieces:
            done += self._skip(self._pieces[0].start, at, frame)
        return done

    def _may_be_fin(self) -> bool:
        """One number, acknowledged at the end of all that was seen: a FIN that the capture lost, rather than an octet."""
        return self.end is None and self._claimed == self.next + 1 and not self._pieces

    def _believe(self, at: int, frame: int) -> list[Piece | Hole]:
        done: list[Piece | Hole] = []
        while self.next < self._claimed:
            stop = min(self._pieces[0].start, self._claimed) if self._pieces else self._claimed
            self._lost += stop - self.next
            done += self._skip(stop, at, frame)
        return done

    def _skip(self, to: int, at: int, frame: int) -> list[Piece | Hole]:
        if self._pieces and self._pieces[0].start == to:
            at, frame = self._pieces[0].at, self._pieces[0].frame
        hole = Hole(to - self.next, *self._stamp(at, frame))
        self.next = to
        self._recalled = b""
        return [hole, *self._drain()]

    def _drain(self) -> list[Piece | Hole]:
        done: list[Piece | Hole] = []
        taken = 0
        for piece in self._pieces:
            if piece.start > self.next:
                break
            taken += 1
            self._deliver(piece, done)
        del self._pieces[:taken]
        return done

    def _deliver(self, piece: Piece, done: list[Piece | Hole]) -> None:
        start, end, octets, at, frame = piece
        self.next = end
        self.octets += len(octets)
        self._buffered -= len(octets)
        at, frame = self._stamp(at, frame)
        if octets:
            done.append(Piece(start, end, octets, at, frame))
        cut = end - start - len(octets)
        self._recalled = b"" if cut else octets[-MAX_RECALLED:]
        if cut:
            self._lost += cut
            self.cut += cut
            done.append(Hole(cut, at, frame))

    def _stamp(self, at: int, frame: int) -> tuple[int, int]:
        if frame > self._frame:
            self._at, self._frame = at, frame
        return self._at, self._frame

    def _insert(self, piece: Piece) -> None:
        """Keep the parts that are new; the first octets seen win, and differing ones are counted."""
        pieces = self._pieces
        left = bisect_right(pieces, piece.start, key=_end)
        right = bisect_left(pieces, piece.end, left, key=_start)
        known = pieces[left:right]
        fresh = self._joined(known, piece) if known else [piece]
        self._buffered += sum(len(p.octets) for p in fresh) - sum(len(p.octets) for p in known)
        pieces[left:right] = fresh

    def _joined(self, known: list[Piece], piece: Piece) -> list[Piece]:
        head = known.pop(0) if known[0].start < piece.start else None
        tail = known.pop() if known and known[-1].end > piece.end else None
        for edge in (head, tail):
            self.conflicts += _differing(edge, piece) if edge else 0
        start = head.end if head else piece.start
        end = max(min(tail.start if tail else piece.end, piece.end), start)
        middle = self._filled(known, _trimmed(piece, start, end)) if start < end else known
        return [*([head] if head else []), *middle, *([tail] if tail else [])]

    def _filled(self, known: list[Piece], piece: Piece) -> list[Piece]:
        """Join *piece* and the pieces that lie within it: into one, so that repeating them all costs their octets once."""
        if not known:
            return [piece]
        self.conflicts += sum(_differing(p, piece) for p in known)
        if len(piece.octets) < piece.end - piece.start:
            return _around(known, piece)
        octets = bytearray(piece.octets)
        for p in known:
            octets[p.start - piece.start : p.start - piece.start + len(p.octets)] = p.octets
        return [piece._replace(octets=bytes(octets))]

    def _compare(self, piece: Piece) -> None:
        start = self.next - len(self._recalled)
        self.conflicts += _differing(Piece(start, self.next, self._recalled, 0, 0), piece)


def _around(known: list[Piece], piece: Piece) -> list[Piece]:
    """Give *known* with its gaps filled from *piece*, which the capture cut."""
    start, fresh = piece.start, []
    for p in known:
        if start < p.start:
            fresh.append(_trimmed(piece, start, p.start))
        fresh.append(p)
        start = p.end
    if start < piece.end:
        fresh.append(_trimmed(piece, start, piece.end))
    return fresh


def _trimmed(piece: Piece, start: int, end: int) -> Piece:
    if (start, end) == (piece.start, piece.end):
        return piece
    return piece._replace(start=start, end=end, octets=piece.octets[max(start - piece.start, 0) : end - piece.start])


def _differing(known: Piece, piece: Piece) -> int:
    start, end = max(known.start, piece.start), min(known.end, piece.end)
    if start >= end:
        return 0
    one = known.octets[start - known.start : end - known.start]
    other = piece.octets[start - piece.start : end - piece.start]
    return 0 if one == other else sum(map(ne, one, other))
