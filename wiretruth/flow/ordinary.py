"""The ordinary rows of a bundle: next octets and new acknowledgements, at a small part of a packet's price.

``Conversation.receive`` is the definition. A row is taken here only where it would do no more than count, advance, and
deliver; whatever else may be said of a row, it ends the stretch, and the row is read as a packet.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from wiretruth.flow.conversation import Conversation
from wiretruth.flow.direction import Direction
from wiretruth.flow.serial import MODULUS
from wiretruth.model.segments import Bundle, SegmentRows
from wiretruth.model.sighting import FlowEvent, StreamRun

_MASK = MODULUS - 1

MAX_STRETCH = 2048
"""Rows taken at once: half of the segments that are remembered as under way."""


class _Taken(NamedTuple):
    """What a stretch of ordinary rows holds; of each pair, the first is the server's and the second the client's."""

    stop: int
    """The first row that was not taken."""
    last: list[int]
    """The last row of each side."""
    runs: list[tuple[bool, list[int]]]
    """Rows with octets and whether they are the client's, as long as none of the other side came between."""
    acks: tuple[list[int], list[int]]
    """New acknowledgements of each side's octets."""

    def rows(self, from_client: bool) -> list[int]:
        """Give one side's rows with octets."""
        return list(chain.from_iterable(run for side, run in self.runs if side == from_client))


class _Stretch(NamedTuple):
    """Ordinary rows of a bundle, looked at from one side."""

    bundle: Bundle
    rows: SegmentRows
    first: int
    stop: int
    side: bool
    """The side is the higher end."""

    def own(self) -> Iterator[int]:
        """Give the rows that this side sent."""
        return (row for row in range(self.first, self.stop) if self.rows.by_high[row] == self.side)


def ordinary(
    conversation: Conversation, bundle: Bundle, rows: SegmentRows, first: int
) -> tuple[int, Sequence[FlowEvent]]:
    """Take as many rows of a bundle as are ordinary.

    Args:
        conversation: that the bundle belongs to.
        bundle: of rows.
        rows: of the batch.
        first: where to begin.

    Returns:
        The first row that was not taken, and what becomes readable.
    """
    if not rows.plain[first]:
        return first, ()
    if not conversation.flows:
        return first, ()
    by_high = conversation.client == bundle.high
    taken = _take(conversation, rows, range(first, min(bundle.stop, first + MAX_STRETCH)), by_high)
    if taken.stop == first:
        return first, ()
    _settle(conversation, _Stretch(bundle, rows, first, taken.stop, by_high), taken)
    return taken.stop, _events(conversation.serial, rows, taken.runs)


def _take(conversation: Conversation, rows: SegmentRows, wanted: range, by_high: bool) -> _Taken:
    """Go on as long as rows are ordinary. A list of two holds what is the server's, and what is the client's."""
    plain, sides, seqs, numbers, lengths = rows.plain, rows.by_high, rows.seq, rows.ack, rows.length
    client, server = (direction.wire_numbers() for direction in conversation.both())
    following, done = [server[0], client[0]], [server[1], client[1]]
    last, acks = [-1, -1], (list[int](), list[int]())
    runs: list[tuple[bool, list[int]]] = []
    run: list[int] = []
    talking: bool | None = None
    row = wanted.start
    for row in wanted:
        if not plain[row]:
            break
        length, number, sender = lengths[row], numbers[row], sides[row] == by_high
        known = done[not sender]
        if length and seqs[row] != following[sender]:
            break
        if number != known:
            if (number - known) & _MASK > (following[not sender] - known) & _MASK:
                break
            done[not sender] = number
            acks[not sender].append(number)
        elif not length:
            break
        last[sender] = row
        if length:
            following[sender] = (seqs[row] + length) & _MASK
            if talking is not sender:
                talking, run = sender, []
                runs.append((sender, run))
            run.append(row)
    else:
        row = wanted.stop
    return _Taken(row, last, runs, acks)


def _settle(conversation: Conversation, stretch: _Stretch, taken: _Taken) -> None:
    """Note what the rows tell, as if they had come one by one."""
    rows, first, stop = stretch.rows, stretch.first, stretch.stop
    conversation.last = rows.marks[stop - 1]
    conversation.recent.extend(rows.fingerprints[first * rows.fingerprint : stop * rows.fingerprint])
    high = sum(rows.by_high[first:stop])
    client, server = conversation.both()
    for from_client, direction, peer in ((True, client, server), (False, server, client)):
        own = stretch._replace(side=from_client == stretch.side)
        count = high if own.side else stop - first - high
        if count:
            _see(direction, own, count, taken.last[from_client])
        sent, acks = taken.rows(from_client), taken.acks[from_client]
        if sent or acks:
            _stream(direction, own, sent, acks, peer.mss)


def _see(direction: Direction, stretch: _Stretch, count: int, last: int) -> None:
    """Note what every packet of a side tells."""
    bundle, rows = stretch.bundle, stretch.rows
    if direction.first is None:
        direction.first = rows.marks[next(stretch.own())]
    direction.see_plain(count, rows.marks[last])
    if bundle.ttls is not None:
        direction.see_ttl(bundle.ttls[stretch.side], count)
    else:
        for row in stretch.own():
            direction.see_ttl(rows.ttl[row])


def _stream(direction: Direction, stretch: _Stretch, sent: list[int], acks: list[int], peer_mss: int | None) -> None:
    """Note what one side sent, and what the other acknowledged of it."""
    rows = stretch.rows
    sending, reassembly = direction.streams()
    headers, lengths = rows.headers, rows.length
    ends = list(accumulate((lengths[row] for row in sent), initial=sending.highest))
    number = sending.acknowledged + ((acks[-1] - sending.acknowledged) & _MASK) if acks else sending.acknowledged
    sizes = direction.wire_sizes([headers[row] + lengths[row] for row in sent], peer_mss, stretch.bundle.version)
    if sending.may_advance({headers[row] for row in sent}, ends, acks):
        sending.acknowledge(number)
        arrived = max(bisect_right(ends, number) - 1, 0)
        sending.advance(ends, sizes, arrived, [rows.marks[row] for row in sent[arrived:]])
    else:
        _replay(direction, stretch, dict(zip(sent, sizes, strict=True)))
    if sent:
        last = sent[-1]
        sending.headers = headers[last]
        reassembly.took(ends[-1] - ends[0], rows.octets[rows.begin[last] : rows.begin[last] + lengths[last]])
        fragmentable = stretch.bundle.fragmentable and not all(rows.dont_fragment[row] for row in sent)
        direction.see_octets(rows.marks[sent[0]], rows.marks[last], fragmentable=fragmentable)
    if acks:
        reassembly.acknowledge(number)


def _replay(direction: Direction, stretch: _Stretch, sizes: dict[int, int]) -> None:
    """Note sendings and acknowledgements one by one: pieces of segments were acknowledged, or headers changed."""
    rows, sending = stretch.rows, direction.streams()[0]
    for row in range(stretch.first, stretch.stop):
        if row in sizes:
            sending.headers = rows.headers[row]
            start = sending.highest
            sending.send(start, start + rows.length[row], sizes[row], rows.marks[row])
        elif rows.by_high[row] != stretch.side:
            sending.acknowledge(sending.acknowledged + ((rows.ack[row] - sending.acknowledged) & _MASK))


def _events(serial: int, rows: SegmentRows, runs: list[tuple[bool, list[int]]]) -> list[FlowEvent]:
    octets, begins, lengths, marks = rows.octets, rows.begin, rows.length, rows.marks
    events: list[FlowEvent] = []
    for from_client, run in runs:
        if len(run) == 1:
            row = run[0]
            begin, length = begins[row], lengths[row]
            events.append(
                StreamRun(serial, from_client, octets[begin : begin + length].tobytes(), [length], [marks[row]])
            )
            continue
        pieces = [octets[begins[row] : begins[row] + lengths[row]] for row in run]
        ends = list(accumulate(map(len, pieces)))
        events.append(StreamRun(serial, from_client, b"".join(pieces), ends, [marks[row] for row in run]))
    return events
