"""One direction in order: each octet once, holes waited for, and what will never come told as such."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

MAX_BUFFERED = 1 << 20
"""Octets held behind a hole, per direction: sixteen windows of 64 KiB; Linux autotunes above it only on long fat paths."""

MAX_PIECES = 1024
"""Pieces held behind a hole: a flood of tiny segments costs no more than this."""

PATIENCE = 3
"""Packets that may pass before an acknowledgement of octets not yet seen is believed: taps and parallel receive queues
swap neighbours, but hardly move a packet by more (RFC 4737 measures the same)."""


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


class Reassembly:
    """The receiver's view of one direction, as far as this vantage saw it."""

    __slots__ = ("_buffered", "_claimed", "_patience", "_pieces", "conflicts", "given_up", "missing", "next", "octets")

    def __init__(self, first: int) -> None:
        """Begin at a sequence number.

        Args:
            first: unwrapped sequence number of the first octet to deliver.
        """
        self.next = first
        self.octets = 0
        self.missing = 0
        """Octets that the receiver acknowledged and that were not seen, or seen cut."""
        self.given_up = 0
        """Octets passed over because too much waited behind them."""
        self.conflicts = 0
        self._pieces: list[Piece] = []
        self._buffered = 0
        self._claimed = first
        self._patience = PATIENCE

    def new_octets(self, start: int, end: int) -> bool:
        """Tell whether any octet from *start* to *end* has not been seen before."""
        start = max(start, self.next)
        for piece in self._pieces:
            if piece.start > start:
                break
            start = max(start, piece.end)
        return start < end

    def put(self, piece: Piece) -> Iterator[Piece | Hole]:
        """Take a segment's octets; give what is now in order."""
        if piece.start == self.next and not self._pieces:
            yield from self._deliver(piece)
            return
        if piece.end > self.next:
            self._insert(_trimmed(piece, self.next, piece.end))
            yield from self._drain()
        while self._buffered > MAX_BUFFERED or len(self._pieces) > MAX_PIECES:
            self.given_up += self._pieces[0].start - self.next
            yield from self._skip(self._pieces[0].start, piece.at, piece.frame)

    def acknowledge(self, number: int) -> None:
        """Note that the receiver has everything before *number*."""
        self._claimed = max(self._claimed, number)

    def pass_packet(self, at: int, frame: int) -> Iterator[Piece | Hole]:
        """Note that another packet of the connection passed; give up, after some, on octets acknowledged but not seen."""
        if self._claimed <= self.next:
            self._patience = PATIENCE
            return
        self._patience -= 1
        if self._patience < 0:
            self._patience = PATIENCE
            yield from self.believe(at, frame)

    def believe(self, at: int, frame: int) -> Iterator[Piece | Hole]:
        """Give up on every octet that was acknowledged and not seen: the capture lost it."""
        while self.next < self._claimed:
            stop = min(self._pieces[0].start, self._claimed) if self._pieces else self._claimed
            self.missing += stop - self.next
            yield from self._skip(stop, at, frame)

    def flush(self, at: int, frame: int) -> Iterator[Piece | Hole]:
        """Deliver what waits behind holes: nothing more will come."""
        yield from self.believe(at, frame)
        while self._pieces:
            yield from self._skip(self._pieces[0].start, at, frame)

    def _deliver(self, piece: Piece) -> Iterator[Piece | Hole]:
        self.next = piece.end
        if piece.octets:
            self.octets += len(piece.octets)
            yield piece
        cut = piece.end - piece.start - len(piece.octets)
        if cut:
            self.missing += cut
            yield Hole(cut, piece.at, piece.frame)

    def _skip(self, to: int, at: int, frame: int) -> Iterator[Piece | Hole]:
        if to > self.next:
            yield Hole(to - self.next, at, frame)
            self.next = to
        yield from self._drain()

    def _drain(self) -> Iterator[Piece | Hole]:
        taken = 0
        for piece in self._pieces:
            if piece.start > self.next:
                break
            taken += 1
            self._buffered -= len(piece.octets)
            yield from self._deliver(piece)
        del self._pieces[:taken]

    def _insert(self, piece: Piece) -> None:
        """Keep the parts that are new; the first octets seen win, and differing ones are counted."""
        position = bisect_left(self._pieces, piece.start, key=lambda p: p.end)
        start, fresh = piece.start, []
        stop = position
        while stop < len(self._pieces) and self._pieces[stop].start < piece.end:
            known = self._pieces[stop]
            self.conflicts += _differing(known, piece)
            if start < known.start:
                fresh.append(_trimmed(piece, start, known.start))
            start = max(start, known.end)
            fresh.append(known)
            stop += 1
        if start < piece.end:
            fresh.append(_trimmed(piece, start, piece.end))
        before = sum(len(p.octets) for p in self._pieces[position:stop])
        self._pieces[position:stop] = fresh
        self._buffered += sum(len(p.octets) for p in fresh) - before


def _trimmed(piece: Piece, start: int, end: int) -> Piece:
    if (start, end) == (piece.start, piece.end):
        return piece
    return piece._replace(start=start, end=end, octets=piece.octets[max(start - piece.start, 0) : end - piece.start])


def _differing(known: Piece, piece: Piece) -> int:
    start, end = max(known.start, piece.start), min(known.end, piece.end)
    one, other = _trimmed(known, start, end).octets, _trimmed(piece, start, end).octets
    if one == other:
        return 0
    return sum(a != b for a, b in zip(one, other, strict=False))
