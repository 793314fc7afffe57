"""Which plain lookups somebody will look at: those of hosts that have to do with mail, and what stands beside a failure.

Of the others only what a rule asks about everybody is given: who answered when, and who was answered. Rows are screened by
hashes and beginnings of names, so a few more are made than are needed, and none less. Imports numpy.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator
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
from wiretruth.columns.dns_names import MX, exchanges, first_labels
from wiretruth.columns.view import Numbers, Rows, Truths, View
from wiretruth.engine.lookup_rows import ROW, Chunk, PlainLookups
from wiretruth.engine.row_numbers import address_numbers, client_numbers, label_numbers, mix, question_numbers
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.seekers import MAX_SEEKERS
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import NANOSECONDS
from wiretruth.protocols.dns.exchange import GIVE_UP
from wiretruth.protocols.dns.types import rcode_name

MAX_NOTED = 1000
"""Failures told of hosts that have nothing to do with mail, questions for MX first: more are nobody's mail."""

MAX_MADE = 50_000
"""Lookups made of rows: some 80 MB with all that is remembered of them. The newest are kept."""

_A, _AAAA, _ANY = 1, 28, 255
_FAILURES = (2, 5)
_FAILED = frozenset(map(rcode_name, _FAILURES))
_WAITED = 2 * NANOSECONDS
"""As in ``rules.dns_unanswered``: what was awaited for less is no failure yet."""

_QUESTION = 12


Answered = tuple[Lookup, int]
"""A lookup, and when it was answered."""


class Screened(NamedTuple):
    """What is needed of the plain lookups of one vantage."""

    lookups: list[Lookup]
    """Those that were made already among them, but for failures that are too many."""
    heard: dict[str, "array[int]"]
    """By resolver of those that failed: when it answered anybody whose lookup was not made, ascending."""
    answered: set[str]
    """Clients of made lookups that were answered in lookups that were not made."""
    others: int
    """Lookups that are not among these."""
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
        chunks = plain.chunks or [Chunk(np.zeros(0, ROW), b"")]
        columns = [_Columns.of(chunk, plain.watched_until) for chunk in chunks]
        self._rows = _Columns(*map(np.concatenate, zip(*columns, strict=True)))
        self._mx_rows, self._mx_labels = self._exchanges()

    def screen(self, made: list[Lookup], mail: set[str], spared: Collection[str] = ()) -> Screened:
        """Choose.

        Args:
            made: lookups of the same input that are made already.
            mail: addresses of the hosts that have to do with mail.
            spared: clients of whose lookups it is known that nobody has to look at them.
        """
        rows = self._rows
        concerned = np.setdiff1d(
            np.concatenate((address_numbers(mail), self._looking_for_mail(made))), address_numbers(spared)
        )
        wanted = np.isin(rows.client, concerned)
        known = np.isin(client_numbers(made), concerned)
        if mail:
            wanted |= rows.loopback
            known |= np.array([is_loopback(x.client.address) for x in made], np.bool_)
        noted = self._noted(wanted, made, known)
        beside = np.concatenate((rows.question[noted.rows], question_numbers([made[n] for n in noted.made])))
        near = np.isin(question_numbers([made[n] for n in noted.left]), beside).tolist()
        left = [n for n, told in zip(noted.left, near, strict=True) if not told]
        wanted |= np.isin(rows.question, beside)
        given_up = int(np.count_nonzero(~wanted[noted.left_rows])) + len(left)
        dropped = frozenset(left)
        kept = [x for n, x in enumerate(made) if n not in dropped]
        if mail:
            kept_rows = np.ones(len(wanted), np.bool_)
            kept_rows[noted.left_rows] = wanted[noted.left_rows]
            wanted[self._tellers(kept_rows & ~wanted, mail)] = True
            wanted[self._seekers(kept_rows, kept)] = True
        return self._screened(wanted, kept, [made[n] for n in left], given_up)

    def everything(self, made: list[Lookup]) -> Screened:
        """Make all of them; *made* are those that are made already."""
        return self._screened(np.ones(len(self._rows.asked), np.bool_), made, [], 0)

    def _screened(self, wanted: Truths, kept: list[Lookup], dropped: list[Lookup], given_up: int) -> Screened:
        rows, until = self._rows, 0
        which = np.flatnonzero(wanted)
        oldest = which[np.argsort(rows.asked[which], kind="stable")[: max(0, len(which) - MAX_MADE)]]
        if len(oldest):
            wanted[oldest] = False
            until = int(np.maximum(rows.asked[oldest], rows.told[oldest]).max())
        lookups = [*kept, *self._plain.lookups(wanted)]
        answered = [(x, x.response.at) for x in dropped if x.response is not None]
        unmade = ~wanted & rows.answered
        return Screened(
            lookups=lookups,
            heard=self._heard(lookups, answered, unmade),
            answered=self._answered(lookups, answered, unmade),
            others=int(np.count_nonzero(~wanted)) + len(dropped),
            others_answered=bool(answered) or bool(unmade.any()),
            given_up=given_up + len(oldest),
            forgotten=len(oldest) > 0,
            forgotten_until=until,
        )

    def _looking_for_mail(self, made: list[Lookup]) -> Hashes:
        """Give the clients that asked for the address of a host that they had been told as an MX."""
        rows = self._rows
        told = [mix(rows.client[self._mx_rows], self._mx_labels)]
        asks = np.flatnonzero(np.isin(rows.type, (_A, _AAAA, _ANY)))
        asked, clients = [mix(rows.client[asks], rows.label[asks])], [rows.client[asks]]
        named = [(x, r.target) for x in made for r in x.answers if r.type == "MX" and r.target is not None]
        told.append(mix(client_numbers(x for x, _ in named), label_numbers(target for _, target in named)))
        asking = [x for x in made if x.question.type in ("A", "AAAA", "ANY")]
        clients.append(client_numbers(asking))
        asked.append(mix(clients[-1], label_numbers(x.question.name for x in asking)))
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

    def _noted(self, wanted: Truths, made: list[Lookup], known: Truths) -> "_Noted":
        """Tell of the failures, and null MX answers, of all other hosts as many as are told.

        Args:
            wanted: rows that are made in any case.
            made: lookups that are made already.
            known: which of those are kept in any case.
        """
        rows = self._rows
        found = rows.failed.copy()
        found[self._mx_rows[self._mx_labels == 0]] = True
        which = np.flatnonzero(found & ~wanted)
        others = [n for n, x in enumerate(made) if not known[n] and failed(x)]
        at = [*rows.asked[which].tolist(), *(made[n].at for n in others)]
        frames = [*rows.frame[which].tolist(), *(made[n].frames[0] for n in others)]
        not_mx = [*(rows.type[which] != MX).tolist(), *(made[n].question.type != "MX" for n in others)]
        order = np.lexsort((np.array(frames, np.int64), np.array(at, np.int64), np.array(not_mx, np.bool_)))
        told, left, count = order[:MAX_NOTED], order[MAX_NOTED:], len(which)
        return _Noted(
            which[told[told < count]],
            [others[n - count] for n in told[told >= count].tolist()],
            which[left[left < count]],
            [others[n - count] for n in left[left >= count].tolist()],
        )

    def _seekers(self, among: Truths, made: list[Lookup]) -> Rows:
        """Give what tells whether one client alone asks for mail hosts (``ledger.seekers``): all of it, or that of two."""
        rows = self._rows
        asks = np.flatnonzero(among & (rows.type == MX) & rows.recursion)
        others = client_numbers(x for x in made if x.question.type == "MX" and x.recursion_desired)
        seekers = np.unique(np.concatenate((rows.client[asks], others)))
        if len(seekers) == 1:
            return np.flatnonzero(among & (rows.client == seekers[0]))
        _, first = np.unique(rows.client[asks], return_index=True)
        return asks[first[:MAX_SEEKERS]]

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

    def _heard(self, lookups: list[Lookup], dropped: list[Answered], unmade: Truths) -> "dict[str, array[int]]":
        resolvers = list({x.resolver.address for x in lookups if x.rcode is None})
        hashes = address_numbers(resolvers)
        rows = np.flatnonzero(unmade & np.isin(self._rows.resolver, hashes))
        rows = rows[np.lexsort((self._rows.told[rows], self._rows.resolver[rows]))]
        by, told = self._rows.resolver[rows], self._rows.told[rows]
        first, behind = np.searchsorted(by, hashes).tolist(), np.searchsorted(by, hashes, "right").tolist()
        heard = {x: told[a:b].tolist() for x, a, b in zip(resolvers, first, behind, strict=True)}
        for lookup, at in dropped:
            heard.setdefault(lookup.resolver.address, []).append(at)
        return {resolver: array("q", sorted(moments)) for resolver, moments in heard.items() if moments}

    def _answered(self, lookups: list[Lookup], dropped: list[Answered], unmade: Truths) -> set[str]:
        clients = list({x.client.address for x in lookups})
        answered = np.isin(address_numbers(clients), np.unique(self._rows.client[unmade])).tolist()
        found = {client for client, seen in zip(clients, answered, strict=True) if seen}
        return found | {x.client.address for x, _ in dropped}


class _Noted(NamedTuple):
    """Failures of hosts that have nothing to do with mail: of rows and of lookups that are made, told and left out."""

    rows: Rows
    made: list[int]
    left_rows: Rows
    left: list[int]


def failed(lookup: Lookup) -> bool:
    """Tell whether a rule may speak of a lookup whoever made it; what somebody forged or led elsewhere is always told."""
    if lookup.other_answers or lookup.reply_source is not None:
        return False
    if lookup.rcode is None:
        return bool(lookup.rejections) or lookup.waited_until - lookup.at >= _WAITED
    null_mx = any(r.type == "MX" and r.target == "." for r in lookup.answers)
    return null_mx or lookup.truncated or lookup.rcode in _FAILED


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
    frame: Numbers
    recursion: Truths

    @classmethod
    def of(cls, chunk: Chunk, watched_until: list[int]) -> "_Columns":
        rows, view = chunk.rows, View(chunk.octets)
        ends = rows["ends"]
        client = mix(ends[:, CLIENT_HIGH], ends[:, CLIENT_LOW])
        resolver = mix(ends[:, RESOLVER_HIGH], ends[:, RESOLVER_HIGH + 1])
        label = first_labels(view, rows["octets"] + _QUESTION)
        length = (rows["question_end"] - _QUESTION).astype(np.uint64)
        asked, answered, flags = rows["asked"], rows["answered"], rows["flags"]
        last = np.array([*watched_until, 0])[(ends[:, -1] & np.uint64(0xFFFF)).astype(np.intp)]
        silent = ~answered & (np.minimum(last, asked + GIVE_UP) - asked >= _WAITED)
        failed = silent | answered & (np.isin(flags & RCODE, _FAILURES) | (flags & TRUNCATED != 0))
        loopback = (ends[:, CLIENT_HIGH] == 0) & (ends[:, CLIENT_LOW] >> np.uint64(24) == (MAPPED >> 24) + 127)
        return cls(
            client, resolver, mix(mix(client, label), length), label, asked, rows["told"],
            rows["type"].astype(np.int64), answered, failed, loopback, rows["asked_frame"], rows["recursion"],
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
