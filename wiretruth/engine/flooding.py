"""Which single SYNs of a batch wait in columns: those of a flood, of which nothing else is known. Imports numpy."""

from collections.abc import Iterable

import numpy as np

from wiretruth.columns.attempts import Ends, attempts, ends, hashes, plain, single
from wiretruth.columns.bundling import astray
from wiretruth.columns.dns import Hashes
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.relevance import Relevance
from wiretruth.columns.view import Rows, Truths
from wiretruth.engine.attempts import Flood
from wiretruth.engine.session_store import SessionStore
from wiretruth.flow.outline import opening
from wiretruth.flow.table import TcpTable
from wiretruth.model.segments import Sketch

FLOOD = 512
"""Single SYNs of a batch from which on they are taken so: fewer are worth no second look at all others."""

DNS_PORT = 53
"""What is said there meets datagrams, in the order of the capture."""

Ports = tuple[int, int]


class Flooding:
    """Takes single SYNs out of batches."""

    def __init__(self, table: TcpTable, relevance: Relevance, sessions: SessionStore | None, flood: Flood) -> None:
        """Begin; *flood* keeps what is taken, the others know what is under way."""
        self._table, self._relevance, self._sessions, self._flood = table, relevance, sessions, flood
        table.keep_attempts(flood)

    def take(
        self,
        parts: list[Grouped],
        seen: tuple[list[str], Rows | None],
        meant: tuple[Iterable[Ports], Iterable[int]],
        first_number: int,
    ) -> list[Grouped]:
        """Take what may wait; give back what waited and is met again.

        Args:
            parts: segments of a batch by connection.
            seen: names of the vantages, and where each row of the batch was seen; ``None`` for all at the first.
            meant: ports, and first sequence numbers, of connections that packets may mean which columns do not read.
            first_number: frame number of row 0 of the batch.

        Returns:
            The connections that were not taken.
        """
        asking = [single(part) for part in parts]
        many = sum(map(np.count_nonzero, asking)) >= FLOOD
        if not many and not len(self._flood):
            return parts
        places = [self._flood.places.number(name) for name in seen[0]]
        named = [ends(part, places, seen[1]) for part in parts]
        hashed = [hashes(one) for one in named]
        for some in zip(named, hashed, strict=True):
            self._give_back(*some)
        if not many:
            return parts
        busy = _pairs([*meant[0], *self._relevance.ports(), *self._table.ports(), *self._held()])
        numbers = np.concatenate([np.fromiter(meant[1], np.uint32), *(astray(part)[1] for part in parts)])
        return [
            self._taken(part, which & ~_busy(part, busy, numbers), (one, mixed), first_number)
            for part, which, one, mixed in zip(parts, asking, named, hashed, strict=True)
        ]

    def _held(self) -> list[Ports]:
        return self._sessions.ports() if self._sessions is not None else []

    def _give_back(self, named: Ends, hashed: Hashes) -> None:
        found, _ = self._flood.find(named, hashed)
        for row in found[found >= 0].tolist():
            key = self._flood.key(row)
            octets = self._flood.take(row)
            self._table.sketch(Sketch(key, octets, opening(octets)))

    def _taken(self, part: Grouped, which: Truths, known: tuple[Ends, Hashes], first_number: int) -> Grouped:
        named, hashed = known
        new = plain(part, which) & ~self._flood.find(named, hashed)[1]
        some = np.flatnonzero(new)
        _, first = np.unique(hashed[some], return_index=True)
        new[np.delete(some, first)] = False
        self._flood.add(attempts(part, new, named, first_number), hashed[new])
        return part.some(~new)


def _busy(part: Grouped, busy: Rows, numbers: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> Truths:
    """Tell which connections others may mean, by their ports or first sequence number, and which may speak DNS."""
    first = part.tcp[part.starts]
    ports = first["source_port"].astype(np.int64), first["destination_port"].astype(np.int64)
    pairs = np.minimum(*ports) << 16 | np.maximum(*ports)
    met: Truths = np.isin(first["seq"].astype(np.uint32), numbers) | np.isin(pairs, busy)
    met |= (ports[0] == DNS_PORT) | (ports[1] == DNS_PORT)
    return met


def _pairs(ports: list[Ports]) -> Rows:
    pairs = np.array(ports, np.int64).reshape(-1, 2)
    joined: Rows = pairs.min(axis=1) << 16 | pairs.max(axis=1)
    return joined
