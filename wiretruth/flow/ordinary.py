"""The ordinary rows of a bundle: next octets and new acknowledgements, at a small part of a packet's price.

``Conversation.receive`` is the definition. A row is taken here only where it would do no more than count, advance, and
deliver; whatever else may be said of a row, it ends the stretch, and the row is read as a packet.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from wiretruth.flow.bare import bare
from wiretruth.flow.conversation import Conversation
from wiretruth.flow.direction import Direction
from wiretruth.flow.sending import NewSegments
from wiretruth.flow.serial import MODULUS
from wiretruth.model.segments import Bundle, SegmentRows
from wiretruth.model.sighting import StreamRun

_MASK = MODULUS - 1

# The named constructor costs more than what it holds.
_new: Callable[[type[StreamRun], Iterable[Any]], StreamRun] = tuple.__new__

MAX_STRETCH = 2048
"""Rows taken at once: half of the segments that are remembered as under way."""


class _Side:
    """What one end of a bundle does in a stretch of ordinary rows."""

    __slots__ = ("acks", "direction", "done", "end", "ends", "following", "peer_mss", "sent")

    def __init__(self, end: bool, direction: Direction, peer: Direction) -> None:
        self.end = end
        """Whether it is the higher one."""
        self.direction = direction
        self.peer_mss = peer.mss
        self.following, self.done = direction.wire_numbers()
        """The number of the next octet, and the one that was acknowledged; as on the wire."""
        self.sent: list[int] = []
        """Rows with octets."""
        self.ends: list[int] = []
        """Behind which number each of them ends."""
        self.acks: list[int] = []
        """New acknowledgements of this side's octets."""


class _Stretch(NamedTuple):
    """Ordinary rows of a bundle."""

    bundle: Bundle
    rows: SegmentRows
    first: int
    stop: int
    turns: list[tuple[bool, int]]
    """Whose octets come next, the higher end's or not, and from which of its rows with octets on."""


def ordinary(
    conversation: Conversation, bundle: Bundle, rows: SegmentRows, first: int
) -> tuple[int, Sequence[StreamRun]]:
    """Take as many rows of a bundle as are ordinary.

    Args:
        conversation: that the bundle belongs to.
        bundle: of rows.
        rows: of the batch.
        first: where to begin.

    Returns:
        The first row that was not taken, and what becomes readable.
    """
    runs: list[StreamRun] = []
    if not conversation.followed:
        return first, runs
    row = first
    while row < bundle.stop:
        before = row
        if rows.plain[row] and conversation.flows:
            row = _stretch(conversation, bundle, rows, row, runs)
        if row == before:
            if not bare(conversation, bundle, rows, row):
                break
            row += 1
    return row, runs


def _stretch(conversation: Conversation, bundle: Bundle, rows: SegmentRows, first: int, runs: list[StreamRun]) -> int:
    """Take rows that only go on; give the first that does not, and add to *runs*."""
    client, server = conversation.both()
    by_high = conversation.client == bundle.high
    low, high = (
        (_Side(False, server, client), _Side(True, client, server))
        if by_high
        else (_Side(False, client, server), _Side(True, server, client))
    )
    taken = _take(low, high, bundle, rows, first)
    stop = taken.stop
    if stop == first:
        return first
    conversation.last = rows.marks[stop - 1]
    conversation.recent.extend(rows.fingerprints[first * rows.fingerprint : stop * rows.fingerprint])
    _see(taken, low, high)
    for side in (low, high):
        if side.sent or side.acks:
            _stream(side, taken)
    runs += _runs(conversation.serial, by_high, taken, (low.sent, high.sent))
    return stop


def _take(low: _Side, high: _Side, bundle: Bundle, rows: SegmentRows, first: int) -> _Stretch:
    """Go on as long as rows are ordinary."""
    plain, by_high, seqs, numbers, lengths = rows.plain, rows.by_high, rows.seq, rows.ack, rows.length
    following, done = [low.following, high.following], [low.done, high.done]
    sent, ends, acks = (low.sent, high.sent), (low.ends, high.ends), (low.acks, high.acks)
    turns: list[tuple[bool, int]] = []
    talking: bool | None = None
    stop = min(bundle.stop, first + MAX_STRETCH)
    row = first
    for row in range(first, stop):
        if not plain[row]:
            break
        sender = by_high[row]
        receiver = not sender
        length, number, known = lengths[row], numbers[row], done[receiver]
        if seqs[row] != following[sender] if length else number == known:
            break
        if number != known:
            if (number - known) & _MASK > (following[receiver] - known) & _MASK:
                break
            done[receiver] = number
            acks[receiver].append(number)
        if length:
            end = following[sender] = (seqs[row] + length) & _MASK
            if talking is not sender:
                talking = sender
                turns.append((sender, len(sent[sender])))
            sent[sender].append(row)
            ends[sender].append(end)
    else:
        row = stop
    return _Stretch(bundle, rows, first, row, turns)


def _see(stretch: _Stretch, low: _Side, high: _Side) -> None:
    """Note what every packet tells."""
    bundle, rows, first, stop, _ = stretch
    by_high = rows.by_high[first:stop]
    backwards = by_high[::-1]
    from_high = by_high.count(True)
    for side, count in ((low, stop - first - from_high), (high, from_high)):
        if not count:
            continue
        end, direction, marks = side.end, side.direction, rows.marks
        if direction.first is None:
            direction.first = marks[first + by_high.index(end)]
        direction.see_plain(count, marks[stop - 1 - backwards.index(end)])
        if bundle.ttls is not None:
            direction.see_ttl(bundle.ttls[end], count)
        else:
            for row in range(first, stop):
                if rows.by_high[row] == end:
                    direction.see_ttl(rows.ttl[row])


def _stream(side: _Side, stretch: _Stretch) -> None:
    """Note what one side sent, and what the other acknowledged of it."""
    rows, sent, acks, direction = stretch.rows, side.sent, side.acks, side.direction
    headers, lengths, marks = rows.headers, rows.length, rows.marks
    sending, reassembly = direction.streams()
    before = sending.highest
    sizes = direction.wire_sizes([headers[row] + lengths[row] for row in sent], side.peer_mss, stretch.bundle.version)
    segments = NewSegments(sent, side.ends, sizes, {headers[row] for row in sent}, marks)
    if not sending.advance(segments, acks):
        _replay(side, stretch, dict(zip(sent, sizes, strict=True)))
    if sent:
        last = sent[-1]
        begin = rows.begin[last]
        sending.headers = headers[last]
        reassembly.took(sending.highest - before, rows.octets[begin : begin + lengths[last]])
        fragmentable = stretch.bundle.fragmentable and not all(rows.dont_fragment[row] for row in sent)
        direction.see_octets(marks[sent[0]], marks[last], fragmentable=fragmentable)
    if acks:
        reassembly.acknowledge(sending.acknowledged)


def _replay(side: _Side, stretch: _Stretch, sizes: dict[int, int]) -> None:
    """Note sendings and acknowledgements one by one: pieces of segments were acknowledged, or headers changed."""
    rows, sending = stretch.rows, side.direction.streams()[0]
    for row in range(stretch.first, stretch.stop):
        if row in sizes:
            sending.headers = rows.headers[row]
            start = sending.highest
            sending.send(start, start + rows.length[row], sizes[row], rows.marks[row])
        elif rows.by_high[row] != side.end:
            sending.acknowledge(sending.acknowledged + ((rows.ack[row] - sending.acknowledged) & _MASK))


def _runs(serial: int, by_high: bool, stretch: _Stretch, sent: tuple[list[int], list[int]]) -> list[StreamRun]:
    """Give what was said, turn by turn; *by_high*: the client is the higher end."""
    octets, begins, lengths, marks = stretch.rows.octets, stretch.rows.begin, stretch.rows.length, stretch.rows.marks
    stops = [len(sent[False]), len(sent[True])]
    runs: list[StreamRun] = []
    for end, start in reversed(stretch.turns):
        said, stop = sent[end], stops[end]
        stops[end] = start
        if stop - start == 1:
            row = said[start]
            begin, length = begins[row], lengths[row]
            told = octets[begin : begin + length].tobytes(), [length], [marks[row]]
        else:
            said = said[start:stop]
            whole = b"".join([octets[begins[row] : begins[row] + lengths[row]] for row in said])
            told = whole, list(accumulate([lengths[row] for row in said])), [marks[row] for row in said]
        runs.append(_new(StreamRun, (serial, end == by_high, *told)))
    runs.reverse()
    return runs
