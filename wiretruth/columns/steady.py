"""Connections of mail that only go on as they should, many at once: every octet once and in order, every acknowledgement new.

Nothing is decided here that ``flow`` would decide otherwise: a row that is not one of the few kinds told here makes its whole
connection one that goes on packet by packet. Imports numpy.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wiretruth.columns.grouping import Grouped
from wiretruth.columns.options import MSS
from wiretruth.columns.steady_rows import Columns, columns
from wiretruth.columns.view import Numbers, Rows, Truths

SERVER, CLIENT = 0, 1
FIRST, LAST, FIRST_DATA, LAST_DATA, FIN = range(5)
AT, FRAME = 0, 1
NEVER = -1
"""The frame of what was not seen."""

STATE = np.dtype([
    ("low", "u8", 2), ("high", "u8", 2), ("low_port", "u2"), ("high_port", "u2"), ("place", "u2"), ("version", "u1"),
    ("client_high", "?"), ("stamped", "?"), ("stamp", "u4"), ("isn", "u4", 2), ("sent", "i8", 2), ("acked", "i8", 2),
    ("packets", "i8", 2), ("mss", "u2", 2), ("ttl", "u1", 2), ("headers", "u2", 2), ("largest", "i4", 2), ("ip_id", "u2", 2),
    ("window", "u2", 2), ("fragmentable", "?", 2), ("fin", "?", 2), ("marks", "i8", (2, 5, 2)), ("established", "i8", 2),
])  # fmt: skip
"""One connection: by side what was sent and acknowledged, counted from its initial number, and when what was first and last."""

UNDER_WAY = np.dtype([
    ("slot", "i8"), ("side", "i8"), ("end", "i8"), ("size", "i8"), ("at", "i8"), ("frame", "i8"),
])  # fmt: skip
"""A segment that is not acknowledged: of which connection, and behind which number it ends."""

MAX_SENT = 1 << 31
"""Octets of a side up to which numbers are told apart by themselves; more is followed packet by packet."""

_SHIFT = np.int64(33)
_SYN, _ACK = 0x02, 0x10
_NUMBERS = np.int64((1 << 32) - 1)
_HEADERS = {4: 40, 6: 60}
_UNTOLD = 1500

State = npt.NDArray[np.void]
Sides = tuple[Numbers, Numbers]


class Steady(NamedTuple):
    """What became of connections."""

    ok: Truths
    """Which of them went on as they should; what is said of the others means nothing."""
    after: State
    under_way: npt.NDArray[np.void]
    """Segments of theirs that are not acknowledged; the slot is the place of the connection."""
    rows: Columns


def empty(number: int) -> State:
    """Give so many connections of which nothing was seen."""
    state = np.zeros(number, STATE)
    state["marks"][..., FRAME] = NEVER
    state["established"][:, FRAME] = NEVER
    state["acked"] = 1
    return state


def steady(found: Grouped, before: State, waiting: npt.NDArray[np.void], first_number: int) -> Steady:
    """Let connections go on.

    Args:
        found: their segments.
        before: what is known of each; of those that are new the ends only, and they begin with a SYN.
        waiting: segments under way before; the slot is the place of the connection.
        first_number: frame number of row 0 of the batch.
    """
    return _Step(found, before, waiting, columns(found, before, first_number)).result()


class _Step:
    """One batch of some connections."""

    def __init__(self, found: Grouped, before: State, waiting: npt.NDArray[np.void], rows: Columns) -> None:
        self._found, self._before, self._waiting, self._rows = found, before, waiting, rows
        self._starts, self._of = found.starts, rows.group
        self._isn = self._numbers()
        self._mss = self._announced()
        mine = rows.side
        advance = rows.advance
        self._sent = (
            self._running(np.where(mine, 0, advance), SERVER),
            self._running(np.where(mine, advance, 0), CLIENT),
        )
        self._own = np.where(mine, self._sent[CLIENT], self._sent[SERVER])
        """What the sender of each row had sent before."""
        self._other = np.where(mine, self._sent[SERVER], self._sent[CLIENT])
        own_isn = np.where(mine, self._isn[CLIENT][self._of], self._isn[SERVER][self._of])
        other_isn = np.where(mine, self._isn[SERVER][self._of], self._isn[CLIENT][self._of])
        self._seq = (rows.seq - own_isn) & _NUMBERS
        self._ack = np.where(rows.flags & _ACK, (rows.ack - other_isn) & _NUMBERS, 0)
        self._end = self._own + advance
        self._known = self._acknowledged()
        """What the sender of each row had acknowledged before."""

    def _numbers(self) -> Sides:
        """Give the initial sequence numbers."""
        rows, before = self._rows, self._before
        new = before["sent"] == 0
        first = _first(~rows.side, self._starts, len(rows.seq))
        seen = np.where(first < len(rows.seq), rows.seq[np.minimum(first, len(rows.seq) - 1)], 0)
        isn = before["isn"].astype(np.int64)
        return (
            np.where(new[:, SERVER], seen, isn[:, SERVER]),
            np.where(new[:, CLIENT], rows.seq[self._starts], isn[:, CLIENT]),
        )

    def _announced(self) -> Sides:
        """Give the MSS of both sides; 0 for none."""
        found, rows = self._found, self._rows
        options = found.found.segments.options
        place = np.zeros(len(found.found.segments.rows), np.int64)
        if options.special.size:
            place[options.special] = options.places[MSS]
        at = place[found.places]
        told = np.where(rows.syn & (at > 0), found.found.view.numbers(at + 2, ">u2"), 0)
        self._tidy = rows.tidy & ((at == 0) | (told > 0))
        one, other = (np.add.reduceat(np.where(rows.side == side, told, 0), self._starts) for side in (SERVER, CLIENT))
        mss = self._before["mss"].astype(np.int64)
        return np.where(mss[:, SERVER] > 0, mss[:, SERVER], one), np.where(mss[:, CLIENT] > 0, mss[:, CLIENT], other)

    def _running(self, column: Numbers, side: int) -> Numbers:
        """Sum up what went before each row in its connection."""
        sums = np.cumsum(column) - column
        sums += (self._before["sent"][:, side] - sums[self._starts])[self._of]
        return sums

    def _acknowledged(self) -> Numbers:
        mine, lift = self._rows.side, self._of << _SHIFT
        known = []
        for side in (SERVER, CLIENT):  # whose acknowledgements
            initial = self._before["acked"][:, 1 - side]
            said = np.where(mine == side, self._ack, 0)
            said[self._starts] = np.maximum(said[self._starts], initial)
            running = np.maximum.accumulate(said + lift)
            prior = np.empty_like(running)
            prior[1:] = running[:-1]
            prior -= lift
            prior[self._starts] = initial
            known.append(prior)
        return np.where(mine, known[CLIENT], known[SERVER])

    def result(self) -> Steady:
        """Judge, and reckon what is known afterwards."""
        after = self._after()
        ok = np.logical_and.reduceat(self._fits(), self._starts) & self._alike(after)
        ok &= (after["sent"] < MAX_SENT).all(axis=1)
        under_way = self._under_way(after)
        return Steady(ok, after, under_way[ok[under_way["slot"]]], self._rows)

    def _fits(self) -> Truths:
        """Tell which rows are as they should be."""
        rows = self._rows
        opens = self._own == 0
        asks = rows.side & (rows.flags == _SYN)
        answers = ~rows.side & (rows.flags == _SYN | _ACK) & (self._ack == 1) & (self._other > 0)
        opening = opens & (asks | answers) & (rows.length == 0)
        ended = self._ended()
        news = self._ack > self._known
        completes = self._completes()
        going = ~opens & (self._seq == self._own) & (self._ack >= self._known) & (self._ack <= self._other)
        going &= rows.plain & ((rows.length > 0) | news | completes) | rows.ending
        going &= ~ended | (rows.advance == 0)
        going &= ~news | self._whole()
        fits: Truths = (opening | going) & self._tidy
        return fits

    def _ended(self) -> Truths:
        """Tell whether the sender of each row had closed before."""
        fin, before = self._rows.ending, self._before["fin"]
        ended = []
        for side in (SERVER, CLIENT):
            own = (fin & (self._rows.side == side)).astype(np.int64)
            sums = np.cumsum(own) - own
            ended.append(sums - (sums[self._starts] - before[:, side])[self._of] > 0)
        found: Truths = np.where(self._rows.side, ended[CLIENT], ended[SERVER])
        return found

    def _completes(self) -> Truths:
        """Tell which rows are the client's first behind its SYN."""
        first = self._established()
        found = np.zeros(len(self._own), np.bool_)
        found[first[first < len(found)]] = True
        return found

    def _established(self) -> Rows:
        """Give the row that completes each handshake in this batch; as many as there are rows where none does."""
        first = _first(self._rows.side & (self._own > 0), self._starts, len(self._own))
        return np.where(self._before["established"][:, FRAME] == NEVER, first, len(self._own))

    def _whole(self) -> Truths:
        """Tell which acknowledgements are of whole segments."""
        rows, whole = self._rows, np.zeros(len(self._own), np.bool_)
        lift = self._of << _SHIFT
        for side in (SERVER, CLIENT):  # whose segments
            own = (rows.side == side) & (rows.advance > 0)
            waiting = self._waiting[self._waiting["side"] == side]
            ends = np.concatenate((waiting["end"] + (waiting["slot"] << _SHIFT), self._end[own] + lift[own]))
            ends.sort(kind="stable")
            other = np.flatnonzero(rows.side != side)
            said = self._ack[other] + lift[other]
            place = np.searchsorted(ends, said)
            whole[other] = ends[np.minimum(place, len(ends) - 1)] == said if len(ends) else False
        return whole

    def _alike(self, after: State) -> Truths:
        """Tell in which connections the TTL of a side, and the headers of its octets, did not change."""
        rows, alike = self._rows, np.ones(len(self._before), np.bool_)
        for side in (SERVER, CLIENT):
            own = rows.side == side
            alike &= _constant(rows.ttl, own, self._starts, after["ttl"][:, side])
            alike &= _constant(
                rows.headers, own & (rows.advance > 0) & ~rows.syn, self._starts, after["headers"][:, side]
            )
        return alike

    def _after(self) -> State:
        after, rows, starts = self._before.copy(), self._rows, self._starts
        size = len(self._own)
        new = self._before["sent"][:, CLIENT] == 0
        after["stamped"] = np.where(new, rows.stamp[starts] >= 0, after["stamped"])
        after["stamp"] = np.where(new, np.maximum(rows.stamp[starts], 0), after["stamp"])
        established = self._established()
        _mark(after["established"], established, rows, size)
        for side in (SERVER, CLIENT):
            own = rows.side == side
            holds = own & (rows.length > 0)
            first, last = _first(own, starts, size), _last(own, starts)
            after["isn"][:, side], after["mss"][:, side] = self._isn[side], self._mss[side]
            opens = first < size
            begins = opens & (after["packets"][:, side] == 0)
            opener = np.minimum(first, size - 1)
            for name, column in (("ttl", rows.ttl), ("ip_id", rows.ip_id), ("window", rows.window)):
                after[name][:, side] = np.where(begins, column[opener], after[name][:, side])
            after["packets"][:, side] += np.add.reduceat(own.astype(np.int64), starts)
            after["sent"][:, side] += np.add.reduceat(np.where(own, rows.advance, 0), starts)
            told = np.maximum.reduceat(np.where(own, self._ack, 0), starts)
            after["acked"][:, 1 - side] = np.maximum(after["acked"][:, 1 - side], told)
            carries = _first(own & (rows.advance > 0) & ~rows.syn, starts, size)
            untold = (after["headers"][:, side] == 0) & (carries < size)
            after["headers"][:, side] = np.where(
                untold, rows.headers[np.minimum(carries, size - 1)], after["headers"][:, side]
            )
            after["fragmentable"][:, side] |= np.logical_or.reduceat(holds & ~rows.dont_fragment, starts)
            ends = _first(own & rows.ending, starts, size)
            after["fin"][:, side] |= ends < size
            marks = after["marks"][:, side]
            _mark(marks[:, FIRST], np.where(begins, first, size), rows, size)
            _mark(marks[:, LAST], np.where(last >= 0, last, size), rows, size)
            data = _first(holds, starts, size)
            _mark(marks[:, FIRST_DATA], np.where(marks[:, FIRST_DATA, FRAME] == NEVER, data, size), rows, size)
            data = _last(holds, starts)
            _mark(marks[:, LAST_DATA], np.where(data >= 0, data, size), rows, size)
            _mark(marks[:, FIN], ends, rows, size)
        return after

    def _under_way(self, after: State) -> npt.NDArray[np.void]:
        """Give what is not acknowledged; of what is, note the largest."""
        rows = self._rows
        which = np.flatnonzero((rows.advance > 0) & ~rows.syn)
        made = np.zeros(len(which), UNDER_WAY)
        made["slot"], made["side"], made["end"] = self._of[which], rows.side[which], self._end[which]
        made["size"] = self._sizes(which)
        made["at"], made["frame"] = rows.at[which], rows.frame[which]
        every = np.concatenate((self._waiting, made))
        arrived = every["end"] <= after["acked"][every["slot"], every["side"]]
        done = every[arrived]
        largest = after["largest"].astype(np.int64)
        np.maximum.at(largest, (done["slot"], done["side"]), done["size"])
        after["largest"] = largest
        left: State = every[~arrived]
        return left

    def _sizes(self, which: Rows) -> Numbers:
        """Give the sizes of rows as they crossed the wire; see ``flow.wire_size``."""
        rows, of = self._rows, self._of[which]
        mine = rows.side[which]
        own = np.where(mine, self._mss[CLIENT][of], self._mss[SERVER][of])
        peer = np.where(mine, self._mss[SERVER][of], self._mss[CLIENT][of])
        fixed = _HEADERS[self._found.version]
        largest = np.where(peer > 0, peer + fixed, _UNTOLD)
        piece = np.where(
            peer > 0,
            np.minimum(peer, np.where(own > 0, own, peer)) + fixed,
            np.where(own > 0, np.minimum(_UNTOLD, own + fixed), _UNTOLD),
        )
        size = rows.headers[which] + rows.length[which]
        return np.where((size > largest) & (rows.length[which] > 0), piece, size)


def _first(which: Truths, starts: Rows, none: int) -> Rows:
    """Give the first such row of each group; *none* where there is none."""
    found: Rows = np.minimum.reduceat(np.where(which, np.arange(len(which)), none), starts)
    return found


def _last(which: Truths, starts: Rows) -> Rows:
    """Give the last such row of each group; -1 where there is none."""
    found: Rows = np.maximum.reduceat(np.where(which, np.arange(len(which)), -1), starts)
    return found


def _constant(column: Numbers, which: Truths, starts: Rows, value: Numbers) -> Truths:
    """Tell in which groups such rows have nothing but one value."""
    count = np.diff(np.append(starts, len(column)))
    alike: Truths = np.logical_and.reduceat(~which | (column == np.repeat(value, count)), starts)
    return alike


def _mark(marks: npt.NDArray[np.int64], place: Rows, rows: Columns, none: int) -> None:
    """Set time and frame of those that have a place."""
    which = np.flatnonzero(place < none)
    marks[which, AT], marks[which, FRAME] = rows.at[place[which]], rows.frame[place[which]]
