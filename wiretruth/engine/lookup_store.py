"""Which messages of DNS are plain lookups, decided batch by batch, and the rows of those that are. Imports numpy."""

from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from wiretruth.columns.dns import REST, Hashes, Messages, client_hash, key_hash, messages, sound_queries
from wiretruth.columns.dns_pairs import MOST, among, answered, pairs, perhaps_among
from wiretruth.columns.headers import Headers
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.engine.lookup_keys import concerned, ends_of, keys_of, table_of
from wiretruth.engine.lookup_rows import (
    DISORDER,
    ROW,
    Chunk,
    Late,
    Plain,
    PlainLookups,
    Table,
    answer,
    continued,
    deadlines,
    exchanges,
    made,
)
from wiretruth.engine.open_rows import OpenRows
from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint, Packet
from wiretruth.protocols.dns.exchange import GIVE_UP
from wiretruth.protocols.dns.lookups import LookupTable

MAX_ROWS = 250_000
"""Plain lookups kept, 24 MB beside their octets: what a busy mail site asks in some hours."""

MAX_OCTETS = 32 << 20
"""Octets kept of their responses: 130 of each."""

MAX_BUSY = 500_000
"""Keys remembered of messages that went to the table of lookups; with more, everything goes there for a while."""

_NONE = np.zeros(0, np.intp)
_SMALL = 4096
_ROW_BITS = 24
_FIRST, _LAST = -(1 << 62), 1 << 62
"""Times that can be reckoned with."""


class Seen(NamedTuple):
    """What a batch holds, for whoever looks for lookups in it."""

    found: Headers
    datagrams: Rows
    """Those that may be DNS."""
    inside: Truths
    """Which rows count at all."""
    seen_at: Numbers | None
    """Number of the place of each row, as ``place`` gives them; ``None`` where all is place 0."""
    first_number: int
    odd: Iterable[Packet]
    """What was read one by one."""


class LookupStore:
    """Takes what is plain out of each batch; what is not goes to the table, with everything under way for the same key.

    Nothing that is plain is decided early: whatever comes for the key of a row within the time that the table would have
    waited turns the row into an exchange of the table.
    """

    def __init__(self, table: LookupTable) -> None:
        """Begin empty; *table* is told of what is not plain."""
        self.places: list[str] = []
        self.given_up = 0
        """Rows dropped because there were too many."""
        self.given_up_until = _FIRST
        """The latest of them was over by then."""
        self.crowded_out: list[Lookup] = []
        """Lookups of the table that had to end for others to go on there."""
        self._table = table
        self._numbers: dict[str, int] = {}
        self._chunks: deque[Chunk] = deque()
        self._first_chunk = 0
        self._rows = self._octets = 0
        self._open = OpenRows()
        self._busy: dict[int, int] = {}
        self._latest = _FIRST
        self._clocks: dict[int, tuple[Numbers, Numbers]] = {}
        self._frames = range(0)

    def place(self, label: str) -> int:
        """Give the number of a vantage."""
        number = self._numbers.get(label)
        if number is None:
            number = self._numbers[label] = len(self.places)
            self.places.append(label)
        return number

    def take(self, seen: Seen) -> Rows:
        """Take the plain lookups of a batch; give the datagrams that are left, to be read one by one."""
        for place in self._clocks:
            self._table.watch(self.places[place], self.clock(self.places[place]))
        first = seen.first_number
        self._frames = range(first, first + len(seen.inside))
        if not self._in_order(seen) or len(self._busy) > MAX_BUSY:
            self._release(np.ones(len(self._open.keys), np.bool_))
            return self._one_by_one(seen)
        return self._sort(seen)

    def touch(self, label: str, at: int, frame: int, client: Endpoint, identity: int | None) -> None:
        """Note that something outside the columns belongs to a key, or where the id is not known, to a client."""
        if frame in self._frames:
            return
        ends = [ends_of(self.place(label), client, identity or 0)]
        if identity is None:
            self._release(self._open.clients == client_hash(table_of(ends)))
        else:
            keys = keys_of(ends)
            self._release(self._open.keys == keys)
            self._keep_busy(keys, np.array([at]))

    def forget(self, until: int) -> None:
        """Give up what was asked by a moment: its time is over, and nothing is missed of it."""
        while self._chunks and int(self._chunks[0].rows["asked"].max()) <= until:
            given_up, until_then = self.given_up, self.given_up_until
            self._give_up(self._chunks.popleft())
            self.given_up, self.given_up_until = given_up, until_then
        if self._chunks:
            rows = self._chunks[0].rows
            rows["gone"] |= rows["asked"] <= until

    def clock(self, label: str, frame: int = _LAST) -> int:
        """Give the time of the latest ordinary message of a vantage up to a frame."""
        clock = self._clocks.get(self.place(label))
        if clock is None:
            return _FIRST
        frames, times = clock
        return int(times[np.searchsorted(frames, frame, "right") - 1])

    def plain(self) -> PlainLookups:
        """Give every row that is still a lookup of its own; nothing more comes."""
        chunks = [chunk._replace(rows=chunk.rows[~chunk.rows["gone"]]) for chunk in self._chunks]
        watched = [self._now(label) for label in self.places]
        return PlainLookups(chunks, self.places, watched, self.given_up, self.given_up_until)

    def _in_order(self, seen: Seen) -> bool:
        """Tell whether no frame of the batch is older than what was seen before it, but for jitter."""
        times = seen.found.times[seen.inside]
        if not len(times):
            return True
        if int(times.min()) < _FIRST or int(times.max()) > _LAST or len(seen.datagrams) > MOST // 2:
            return False
        start = max(self._latest, *(self._table.seen_until(label) for label in self.places), _FIRST)
        running = np.maximum.accumulate(np.maximum(times, start))
        self._latest = int(running[-1])
        return bool((running - times).max() <= DISORDER)

    def _one_by_one(self, seen: Seen) -> Rows:
        read = messages(seen.found, seen.datagrams, seen.seen_at)
        self._keep_busy(_keys(read), read.times)
        self._odd(seen.odd)
        return seen.datagrams

    def _sort(self, seen: Seen) -> Rows:
        read = messages(seen.found, seen.datagrams, seen.seen_at)
        if not len(read) and not self._busy and not len(self._open.keys):
            return seen.datagrams
        self._forget(min((self._now(label) for label in self.places), default=_FIRST))
        clients = client_hash(read.ends)
        keys = key_hash(clients, read.ends)
        ordinary = read.question_end > 0
        self._keep_busy(keys[~ordinary], read.times[~ordinary])
        plain = ordinary & ~np.isin(clients, self._odd(seen.odd))
        if self._busy:
            busy = np.fromiter(self._busy, np.uint64, len(self._busy))
            self._release(among(self._open.keys, busy))
            plain &= ~among(keys, busy)
        self._keep_busy(keys[ordinary & ~plain], read.times[ordinary & ~plain])
        self._watch(_those(read, ordinary), seen.first_number)
        unusual = self._pair(seen, _those(read, plain), keys[plain])
        return np.sort(np.concatenate((seen.datagrams[~plain], unusual)))

    def _pair(self, seen: Seen, read: Messages, keys: Hashes) -> Rows:
        """Make rows of lone queries and plain pairs; give the datagrams of all other messages."""
        view = seen.found.view
        waiting = self._open.alive(perhaps_among(self._open.keys, keys))
        count = len(waiting)
        grouped = pairs(np.concatenate((self._open.keys[waiting], keys)))
        unusual = np.zeros(count + len(keys), np.bool_)
        unusual[grouped.crowded] = True
        old = grouped.first < count
        unusual[grouped.second[old]] = unusual[grouped.first[old]] = True
        first, second = grouped.first[~old] - count, grouped.second[~old] - count
        queries, responses = read.at(first), read.at(second)
        sound = sound_queries(view, queries)
        paired = answered(view, queries, responses, GIVE_UP - DISORDER) & sound
        unusual[first[~paired] + count] = unusual[second[~paired] + count] = True
        lonely = grouped.lonely[grouped.lonely >= count] - count
        asking = ~read.is_response[lonely]
        unusual[lonely[~asking] + count] = True
        late = self._answer_waiting(seen, read, waiting, grouped.first[old], grouped.second[old] - count)
        unusual[late.answers + count] = False
        unusual[late.waiting] = False
        self._release_some(waiting[unusual[:count]], waiting[late.waiting])
        odd = unusual[count:]
        self._keep_busy(keys[odd], read.times[odd])
        single, answers = read.at(lonely[asking]), read.at(first[paired])
        every = Messages(
            *(np.concatenate(columns) for columns in zip(_columns(answers), _columns(single), strict=True))
        )
        soundness = np.concatenate((sound[paired], sound_queries(view, single)))
        plain = Plain(every, responses.at(np.flatnonzero(paired)), np.arange(int(paired.sum())), soundness)
        rows, octets = made(view, plain, seen.first_number)
        late.rows["octets"] += len(octets)
        of_each = keys[first[paired]], keys[lonely[asking]], keys[late.answers]
        if len(rows) + len(late.rows):
            self._add(np.concatenate((rows, late.rows)), octets + late.octets, np.concatenate(of_each))
        return read.places[odd]

    def _answer_waiting(self, seen: Seen, read: Messages, waiting: Rows, first: Rows, second: Rows) -> Late:
        """Answer rows of earlier batches."""
        refs = self._open.refs[waiting[first]]
        found: list[Late] = []
        size = 0
        for number in np.unique(refs >> _ROW_BITS).tolist():
            of_chunk = np.flatnonzero(refs >> _ROW_BITS == number)
            chunk = self._chunks[number - self._first_chunk]
            places = refs[of_chunk] & (1 << _ROW_BITS) - 1
            rows, responses = chunk.rows[places], read.at(second[of_chunk])
            plain = np.flatnonzero(continued(seen.found.view, chunk, rows, responses))
            rows, responses, of_chunk = rows[plain], responses.at(plain), of_chunk[plain]
            chunk.rows["gone"][places[plain]] = True
            octets = answer(seen.found.view, rows, responses, seen.first_number)
            rows["octets"] += size
            size += len(octets)
            found.append(Late(rows, octets, first[of_chunk], second[of_chunk]))
        return Late(
            np.concatenate([np.zeros(0, ROW), *(x.rows for x in found)]),
            b"".join(x.octets for x in found),
            np.concatenate([np.zeros(0, np.intp), *(x.waiting for x in found)]),
            np.concatenate([np.zeros(0, np.intp), *(x.answers for x in found)]),
        )

    def _add(self, rows: Table, octets: bytes, keys: Hashes) -> None:
        """Keep rows; the oldest make room."""
        last = self._chunks[-1] if self._chunks else None
        if last is not None and len(last.rows) < _SMALL and len(rows) < _SMALL:
            begin = len(last.rows)
            rows["octets"] += len(last.octets)
            self._chunks[-1] = Chunk(np.concatenate((last.rows, rows)), last.octets + octets)
        else:
            begin = 0
            self._chunks.append(Chunk(rows, octets))
        number = self._first_chunk + len(self._chunks) - 1
        refs = (number << _ROW_BITS) + np.arange(begin, begin + len(rows), dtype=np.int64)
        self._open.add(keys, client_hash(rows["ends"]), deadlines(rows), refs)
        self._rows += len(rows)
        self._octets += len(octets)
        while self._rows > MAX_ROWS or self._octets > MAX_OCTETS:
            self._give_up(self._chunks.popleft())

    def _give_up(self, chunk: Chunk) -> None:
        self._first_chunk += 1
        self._rows -= len(chunk.rows)
        self._octets -= len(chunk.octets)
        alive = chunk.rows[~chunk.rows["gone"]]
        self.given_up += len(alive)
        if len(alive):
            self.given_up_until = max(self.given_up_until, int(np.maximum(alive["asked"], alive["told"]).max()))
        self._open.close(self._open.refs < self._first_chunk << _ROW_BITS)

    def _where(self, ref: int) -> tuple[Chunk, int]:
        return self._chunks[(ref >> _ROW_BITS) - self._first_chunk], ref & (1 << _ROW_BITS) - 1

    def _release(self, which: Truths) -> None:
        if which.any():
            self._release_some(self._open.alive(np.flatnonzero(which)))

    def _release_some(self, which: Rows, answered: Rows = _NONE) -> None:
        """Let open rows go on in the table, and forget those that were answered."""
        for ref in self._open.refs[which].tolist():
            chunk, place = self._where(ref)
            for exchange in exchanges(chunk.rows[place : place + 1], chunk.octets, self.places):
                self.crowded_out += self._table.resume(exchange)
            chunk.rows["gone"][place] = True
        keys, until = self._open.keys[which], self._open.deadlines[which]
        self._open.close(np.concatenate((which, answered)))
        self._busy.update(zip(keys.tolist(), until.tolist(), strict=True))

    def _odd(self, packets: Iterable[Packet]) -> Hashes:
        """Note what was read one by one; give the clients of whom something was rejected, and not said which."""
        known: list[tuple[int, ...]] = []
        unknown: list[tuple[int, ...]] = []
        times: list[int] = []
        for packet in packets:
            for client, identity in concerned(packet):
                ends = ends_of(self.place(packet.vantage), client, identity or 0)
                if identity is None:
                    unknown.append(ends)
                else:
                    known.append(ends)
                    times.append(packet.at)
        self._keep_busy(keys_of(known), np.array(times, np.int64))
        clients = client_hash(table_of(unknown))
        self._release(np.isin(self._open.clients, clients))
        return clients

    def _keep_busy(self, keys: Hashes, times: Numbers) -> None:
        for key, at in zip(keys.tolist(), times.tolist(), strict=True):
            self._busy[key] = max(at + GIVE_UP, self._busy.get(key, at))

    def _now(self, label: str) -> int:
        return max(self._table.seen_until(label), self.clock(label))

    def _forget(self, now: int) -> None:
        """Forget what is over at *now*, by the clock of the place that is last: frames of other kinds move none."""
        self._open.forget(now)
        if self._busy:
            self._busy = {key: until for key, until in self._busy.items() if until >= now}

    def _watch(self, read: Messages, first_number: int) -> None:
        """Note how time passed at each place."""
        seen_at = (read.ends[:, REST] & np.uint64(0xFFFF)).astype(np.intp)
        for place in np.flatnonzero(np.bincount(seen_at)).tolist():
            which = seen_at == place
            before = self.clock(self.places[place])
            frames = np.concatenate(([-1], read.rows[which] + first_number))
            self._clocks[place] = frames, np.maximum.accumulate(np.concatenate(([before], read.times[which])))


def _those(read: Messages, which: Truths) -> Messages:
    return read if which.all() else read.at(np.flatnonzero(which))


def _keys(read: Messages) -> Hashes:
    return key_hash(client_hash(read.ends), read.ends)


def _columns(read: Messages) -> tuple[npt.NDArray[Any], ...]:
    return (read.places, read.rows, read.ends, read.times, read.flags, read.begin, read.stop, read.question_end)
