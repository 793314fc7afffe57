"""What the tap does with a big batch: regular rows in columns, the others one by one. Imports numpy."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np

from wiretruth.columns.bundling import Bundler, Named
from wiretruth.columns.headers import Chosen, Headers, choose, headers
from wiretruth.columns.packets import Maker
from wiretruth.columns.relevance import Relevance, hints
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.engine.lookup_store import LookupStore, Seen
from wiretruth.engine.tally import InputTally, VantageTally
from wiretruth.engine.vantages import Vantages
from wiretruth.engine.weaving import Weaving
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import Packet, TcpSegment
from wiretruth.wire.addresses import ipv4_text, ipv6_text


@dataclass(frozen=True, slots=True)
class Places:
    """Where the regular rows of a batch were seen: one entry for each interface, in the order of their first rows."""

    first: list[int]
    """The first row of each."""
    of_row: Rows | None
    """Entry of each row; ``None`` where there is only one."""

    def labels(self, names: list[str], rows: Rows) -> Iterable[str]:
        """Give the name of the place of each row."""
        if self.of_row is None:
            return repeat(names[0])
        return map(names.__getitem__, self.of_row[rows].tolist())

    def apart(self, rows: Rows) -> list[Rows]:
        """Divide the regular rows of the batch by places."""
        if self.of_row is None:
            return [rows] if rows.size else []
        of_row = self.of_row[rows]
        borders = np.cumsum(np.bincount(of_row))[:-1]
        return np.split(rows[np.argsort(of_row, kind="stable")], borders)


@dataclass(frozen=True, slots=True)
class Bundling:
    """Who takes segments by connection, and who reads one of their rows as a packet."""

    weaving: Weaving
    decode: Callable[[int], Packet]


class FastLane:
    """One batch on its way."""

    def __init__(self, batch: FrameBatch, start: int, end: int) -> None:
        """Read the headers of *batch*; only the rows from *start* to *end* count, in nanoseconds since the Unix epoch."""
        self._batch = batch
        self._found: Headers = headers(batch)
        times = self._found.times
        self._inside: Truths = (times >= start) & (times <= end)
        self._whole = bool(self._inside.all())
        self._regular = np.flatnonzero(self._found.regular & self._inside)
        self.places = self._places()

    def odd(self) -> list[int]:
        """Give the rows that must be decoded one by one."""
        rows: list[int] = np.flatnonzero(~self._found.regular & self._inside).tolist()
        return rows

    def name_places(self, vantages: Vantages, row: int, names: list[str]) -> None:
        """Add to *names* those of the places that were first met before *row*."""
        first = self.places.first
        while len(names) < len(first) and first[len(names)] < row:
            index, kernel_index = self._place_of(first[len(names)])
            before = vantages.crowded_out
            names.append(vantages.naming(index, self._batch.interfaces)(kernel_index))
            if vantages.crowded_out > before:  # counted for every frame
                vantages.crowded_out += self._frames(len(names) - 1) - 1

    def _place_of(self, row: int) -> tuple[int, int | None]:
        """Give the interface of a row, and the kernel's number of it where the link header names one."""
        index = int(self._found.links.kernel_index[row])
        return int(self._found.interface[row]), None if index < 0 else index

    def count(self, whole: InputTally) -> None:
        """Count all rows."""
        found, rows = self._found, slice(None) if self._whole else self._inside
        times, interface = found.times[rows], found.interface[rows]
        if times.size:
            types = [interface.link_type for interface in self._batch.interfaces]
            met = interface[_first_met(interface)[0]].tolist()
            whole.see_all(times.size, int(times.min()), int(times.max()), [types[index] for index in met])

    def count_regular(self, names: list[str], counts: dict[str, VantageTally]) -> None:
        """Count the regular rows of each place; *names* are theirs."""
        found = self._found
        for name, rows in zip(names, self.places.apart(self._regular), strict=True):
            times = found.times[rows]
            cut = int(np.count_nonzero(found.captured[rows] < found.original[rows]))
            counts.setdefault(name, VantageTally()).see_all(rows.size, int(times.min()), int(times.max()), cut)

    def _frames(self, name: int) -> int:
        """Tell how many regular rows a place has."""
        of_row = self.places.of_row
        return len(self._regular) if of_row is None else int((of_row[self._regular] == name).sum())

    def packets(
        self,
        relevance: Relevance,
        names: list[str],
        odd: Collection[Packet],
        lookups: LookupStore | None = None,
        bundling: Bundling | None = None,
    ) -> dict[int, Packet]:
        """Make the packets of the regular rows that may matter, by row.

        Args:
            relevance: knows which connections are followed so far.
            names: of the places.
            odd: the packets of the other rows; one of them may be the first of a connection that is followed.
            lookups: takes those that are plain lookups.
            bundling: takes segments by connection.
        """
        hinting = [t for t in (packet.transport for packet in odd) if isinstance(t, TcpSegment) and hints(t.payload)]
        pairs = chain(relevance.ports(), ((t.source_port, t.destination_port) for t in hinting))
        chosen = choose(self._found, pairs, self._inside, everything=relevance.everything)
        if lookups is not None:
            seen_at = self._numbers([lookups.place(name) for name in names])
            seen = Seen(self._found, chosen.datagrams, self._inside, seen_at, self._batch.first_number, odd)
            chosen = Chosen(chosen.segments, lookups.take(seen))
        maker = Maker(ipv4_text, ipv6_text, self._batch.first_number, lambda rows: self.places.labels(names, rows))
        if bundling is not None:
            chosen = Chosen(self._bundled(bundling, names, odd, chosen.segments, maker), chosen.datagrams)
        return maker.packets(self._found, chosen)

    def _bundled(
        self, bundling: Bundling, names: list[str], odd: Collection[Packet], segments: Rows, maker: Maker
    ) -> Rows:
        """Take segments out by connection; give those that must be read as packets."""
        ready: dict[int, Packet] = {}
        first_number, place = self._batch.first_number, self._numbers([names.index(name) for name in names])
        bundler = Bundler(
            ipv4_text, ipv6_text, first_number, names, place,
            lambda row: ready.pop(row, None) or bundling.decode(row), bundling.weaving.sketching,
            lambda parts: bundling.weaving.spare(parts, (names, place), odd, first_number),
        )  # fmt: skip

        def take(parts: list[Named]) -> list[Truths]:
            bundling.weaving.tangle(parts, odd)
            return bundling.weaving.settle(parts, first_number)

        bundled = bundler.bundled(self._found, segments, take)
        if not bundled:
            return segments
        loose = bundling.weaving.weave(bundled)
        likely = np.sort(np.concatenate([part.asked_for for part in bundled]))
        if loose.size:
            likely = likely[~np.isin(likely, loose)]
        ready |= maker.packets(self._found, Chosen(likely, likely[:0]))
        return loose

    def _numbers(self, numbers: list[int]) -> Numbers | None:
        """Give the number of the place of each row; ``None`` where all is place 0."""
        of_row = self.places.of_row
        if of_row is None:
            return np.full(len(self._inside), numbers[0]) if numbers and numbers[0] else None
        return np.array(numbers)[of_row]

    def _places(self) -> Places:
        rows = self._regular
        if not rows.size:
            return Places([], None)
        keys: Numbers = self._found.interface << 32 | self._found.links.kernel_index + 1
        first, rank = _first_met(keys[rows])
        if rank is None:
            return Places(rows[first].tolist(), None)
        of_row = np.zeros(len(keys), np.intp)
        of_row[rows] = rank
        return Places(rows[first].tolist(), of_row)


def _first_met(keys: Numbers) -> tuple[Rows, Rows | None]:
    """Tell keys apart: where each is met first, in this order, and which of them each row has; ``None`` for only one."""
    if (keys == keys[0]).all():
        return np.zeros(1, np.intp), None
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(first)
    rank[order] = np.arange(len(first))
    return first[order], rank[inverse]
