"""Which plain lookups somebody will look at: those of hosts that have to do with mail, and what stands beside a failure.

Of the others only what a rule asks about everybody is given: who answered when, and who was answered. Rows are screened by
hashes and beginnings of names, so a few more are made than are needed, and none less. Imports numpy.
"""

from array import array
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import NamedTuple

import numpy as np

from wiretruth.columns.dns import (
    CLIENT_HIGH,
    CLIENT_LOW,
    MAPPED,
    RCODE,
    RESOLVER_HIGH,
    TRUNCATED,
    Hashes,
)
from wiretruth.columns.dns_names import MX, exchanges, first_label, first_labels, octets_of
from wiretruth.columns.view import Numbers, Rows, Truths, View
from wiretruth.engine.lookup_rows import Chunk, PlainLookups
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import NANOSECONDS
from wiretruth.protocols.dns.exchange import GIVE_UP

MAX_NOTED = 1000
"""Failures told of hosts that have nothing to do with mail, questions for MX first: more are nobody's mail."""

MAX_MADE = 50_000
"""Lookups made of rows: some 80 MB with all that is remembered of them. The newest are kept."""

_A, _AAAA, _ANY = 1, 28, 255
_FAILURES = (2, 5)
_WAITED = 2 * NANOSECONDS
"""As in ``rules.dns_unanswered``: what was awaited for less is no failure yet."""

_QUESTION = 12
_ROOT, _AROUND = 5, 6
"""Octets of a question for the root; octets of any other question beside its name as text."""
_FACTOR, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_FOLD = np.uint64(31)


class Screened(NamedTuple):
    """What is needed of the plain lookups of one vantage."""

    lookups: list[Lookup]
    heard: dict[str, "array[int]"]
    """By resolver of those that failed: when it answered anybody whose lookup was not made, ascending."""
    answered: set[str]
    """Clients of made lookups that were answered in lookups that were not made."""
    unmade: int
    """Lookups that nobody needs."""
    others_answered: bool
    """Any of the others was answered."""
    given_up: int
    """Lookups that might have been needed, and of which there were too many."""
    forgotten: bool
    """Some of those were of hosts that have to do with mail."""
    forgotten_until: int
    """All of the forgotten were over by then."""


class Screen:
    """The rows of one input, by columns."""

    def __init__(self, plain: PlainLookups) -> None:
        """Read what the rows have in common."""
        self._plain = plain
        columns = [_Columns.of(chunk, plain.watched_until) for chunk in plain.chunks]
        self._rows = _Columns(*map(np.concatenate, zip(*columns, strict=True)))
        self._mx_rows, self._mx_labels = self._exchanges()

    def screen(self, made: list[Lookup], mail: set[str]) -> Screened:
        """Choose.

        Args:
            made: lookups of the same input that are made already.
            mail: addresses of the hosts that have to do with mail.
        """
        rows = self._rows
        hosts = _hashes(mail)
        wanted = np.isin(rows.client, hosts)
        if mail:
            wanted |= rows.loopback
        wanted |= np.isin(rows.client, self._looking_for_mail(made))
        beside = [_question_hash(x) for x in made]
        noted, dropped = self._noted(wanted)
        wanted |= noted
        context = np.concatenate((rows.question[noted], np.array(beside, np.uint64)))
        wanted |= np.isin(rows.question, context)
        if mail:
            wanted[self._tellers(~wanted, mail)] = True
        return self._screened(wanted, made, dropped)

    def everything(self) -> Screened:
        """Make all of them."""
        return self._screened(np.ones(len(self._rows.asked), np.bool_), [], 0)

    def _screened(self, wanted: Truths, made: list[Lookup], dropped: int) -> Screened:
        rows, until = self._rows, 0
        which = np.flatnonzero(wanted)
        oldest = which[np.argsort(rows.asked[which], kind="stable")[: max(0, len(which) - MAX_MADE)]]
        if len(oldest):
            wanted[oldest] = False
            until = int(np.maximum(rows.asked[oldest], rows.told[oldest]).max())
        lookups = list(self._plain.lookups(wanted))
        others = ~wanted
        given_up = dropped + len(oldest)
        return Screened(
            lookups=lookups,
            heard=self._heard(lookups, made, others),
            answered=self._answered(lookups, made, others),
            unmade=len(wanted) - len(lookups) - given_up,
            others_answered=bool((others & rows.answered).any()),
            given_up=given_up,
            forgotten=len(oldest) > 0,
            forgotten_until=until,
        )

    def _looking_for_mail(self, made: list[Lookup]) -> Hashes:
        """Give the clients that asked for the address of a host that they had been told as an MX."""
        rows = self._rows
        told = [_mix(rows.client[self._mx_rows], self._mx_labels)]
        asks = np.flatnonzero(np.isin(rows.type, (_A, _AAAA, _ANY)))
        asked, clients = [_mix(rows.client[asks], rows.label[asks])], [rows.client[asks]]
        for lookup in made:
            client = _hashes([lookup.client.address])
            told += [_mix(client, _label(r.target)) for r in lookup.answers if r.type == "MX" and r.target is not None]
            if lookup.question.type in ("A", "AAAA", "ANY"):
                asked.append(_mix(client, _label(lookup.question.name)))
                clients.append(client)
        looking: Hashes = np.concatenate(clients)[np.isin(np.concatenate(asked), np.concatenate(told))]
        return looking

    def _exchanges(self) -> tuple[Rows, Hashes]:
        """Give the rows of MX records, and the first labels of their exchanges."""
        of_mx = np.flatnonzero(self._rows.answered & np.isin(self._rows.type, (MX, _ANY)))
        places, labels, begin = [np.zeros(0, np.intp)], [np.zeros(0, np.uint64)], 0
        for chunk in self._plain.chunks:
            rows = of_mx[(of_mx >= begin) & (of_mx < begin + len(chunk.rows))]
            table = chunk.rows[rows - begin]
            at = table["octets"]
            found, label = exchanges(View(chunk.octets), at, at + table["length"], at + table["question_end"])
            places.append(rows[found])
            labels.append(label)
            begin += len(chunk.rows)
        return np.concatenate(places), np.concatenate(labels)

    def _noted(self, wanted: Truths) -> tuple[Truths, int]:
        """Give the failures, and null MX answers, of all other hosts that are told; and how many are not."""
        rows = self._rows
        found = rows.failed.copy()
        found[self._mx_rows[self._mx_labels == 0]] = True
        which = np.flatnonzero(found & ~wanted)
        order = np.lexsort((rows.asked[which], rows.type[which] != MX))
        noted = np.zeros(len(found), np.bool_)
        noted[which[order[:MAX_NOTED]]] = True
        return noted, max(0, len(which) - MAX_NOTED)

    def _tellers(self, unmade: Truths, mail: Iterable[str]) -> Rows:
        """Give, for each address, the first of the remaining rows whose octets hold it."""
        packed = [ip_address(one).packed for one in mail]
        tails = np.unique(np.array([int.from_bytes(one[-4:], "little") for one in packed], np.uint32))
        found, begin = [], 0
        for chunk in self._plain.chunks:
            found += [(tail, begin + row) for tail, row in _holding(chunk, tails)]
            begin += len(chunk.rows)
        first: dict[int, tuple[int, int]] = {}
        for tail, row in found:
            if unmade[row] and self._rows.answered[row]:
                candidate = int(self._rows.told[row]), row
                first[tail] = min(first.get(tail, candidate), candidate)
        return np.array([row for _, row in first.values()], np.intp)

    def _heard(self, lookups: list[Lookup], made: list[Lookup], unmade: Truths) -> "dict[str, array[int]]":
        rows = self._rows
        failed = {x.resolver.address for x in (*lookups, *made) if x.rcode is None}
        answered = np.flatnonzero(unmade & rows.answered)
        resolvers = rows.resolver[answered]
        heard = {}
        for resolver in failed:
            told = np.sort(rows.told[answered[np.isin(resolvers, _hashes([resolver]))]])
            if len(told):
                heard[resolver] = array("q", told.tolist())
        return heard

    def _answered(self, lookups: list[Lookup], made: list[Lookup], unmade: Truths) -> set[str]:
        rows = self._rows
        clients = {x.client.address for x in (*lookups, *made)}
        answered = np.unique(rows.client[unmade & rows.answered])
        hashes = _hashes(clients)
        return {client for client, seen in zip(clients, np.isin(hashes, answered).tolist(), strict=True) if seen}


class _Columns(NamedTuple):
    """What is asked of every row."""

    client: Hashes
    """A number that stands for the address."""
    resolver: Hashes
    question: Hashes
    """Stands for the client, and the beginning and length of the name."""
    label: Hashes
    asked: Numbers
    told: Numbers
    type: Numbers
    answered: Truths
    failed: Truths
    loopback: Truths

    @classmethod
    def of(cls, chunk: Chunk, watched_until: list[int]) -> "_Columns":
        rows, view = chunk.rows, View(chunk.octets)
        ends = rows["ends"]
        client = _address_hash(ends[:, CLIENT_HIGH], ends[:, CLIENT_LOW])
        resolver = _address_hash(ends[:, RESOLVER_HIGH], ends[:, RESOLVER_HIGH + 1])
        label = first_labels(view, rows["octets"] + _QUESTION)
        length = (rows["question_end"] - _QUESTION).astype(np.uint64)
        asked, answered, flags = rows["asked"], rows["answered"], rows["flags"]
        last = np.array([*watched_until, 0])[(ends[:, -1] & np.uint64(0xFFFF)).astype(np.intp)]
        silent = ~answered & (np.minimum(last, asked + GIVE_UP) - asked >= _WAITED)
        failed = silent | answered & (np.isin(flags & RCODE, _FAILURES) | (flags & TRUNCATED != 0))
        loopback = (ends[:, CLIENT_HIGH] == 0) & (ends[:, CLIENT_LOW] >> np.uint64(24) == (MAPPED >> 24) + 127)
        return cls(
            client, resolver, _mix(_mix(client, label), length), label, asked, rows["told"],
            rows["type"].astype(np.int64), answered, failed, loopback,
        )  # fmt: skip


def _holding(chunk: Chunk, tails: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> Iterator[tuple[int, int]]:
    """Find rows in whose octets any of these four octets stand; a row may come several times."""
    size = len(chunk.octets) - 3
    if size <= 0 or not len(chunk.rows):
        return
    every = np.ndarray((size,), "<u4", chunk.octets, strides=(1,))
    table = np.zeros(1 << 16, np.bool_)
    table[tails & 0xFFFF] = True
    at = np.flatnonzero(table[every & 0xFFFF])
    at = at[np.isin(every[at], tails)]
    order = np.argsort(chunk.rows["octets"], kind="stable")
    begin = chunk.rows["octets"][order]
    place = np.searchsorted(begin, at, "right") - 1
    inside = (place >= 0) & (at + 4 <= begin[place] + chunk.rows["length"][order[place]])
    yield from zip(every[at[inside]].tolist(), order[place[inside]].tolist(), strict=True)


def _mix(one: Hashes, other: Hashes) -> Hashes:
    first: Hashes = (one ^ one >> _FOLD) * _FACTOR
    second: Hashes = (other ^ other >> _FOLD) * _OTHER
    mixed = first + second
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed


def _address_hash(high: Hashes, low: Hashes) -> Hashes:
    return _mix(high, low)


def _hashes(addresses: Iterable[str]) -> Hashes:
    """Give the numbers that stand for addresses."""
    parsed = [ip_address(one) for one in addresses]
    numbers = [int(one) | MAPPED if one.version == 4 else int(one) for one in parsed]  # noqa: PLR2004
    high = np.array([n >> 64 for n in numbers], np.uint64)
    return _address_hash(high, np.array([n & 0xFFFFFFFFFFFFFFFF for n in numbers], np.uint64))


def _label(name: str) -> Hashes:
    return np.array([0 if name == "." else first_label(name)], np.uint64)


def _question_hash(lookup: Lookup) -> int:
    name = lookup.question.name
    length = _ROOT if name == "." else len(octets_of(name)) + _AROUND
    mixed = _mix(_mix(_hashes([lookup.client.address]), _label(name)), np.array([length], np.uint64))
    return int(mixed[0])
