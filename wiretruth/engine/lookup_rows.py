"""Plain lookups as rows: one query and its one response, or no response yet. Imports numpy.

A row becomes a lookup under way (``protocols.dns.exchange``) as soon as anything else with its key is seen, and goes on in
the table of lookups, which is the definition. Rows that nothing was added to are lookups of their own at the end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from wiretruth.columns.dns import ENDS, HEADER, MAPPED, RECURSION_DESIRED, Messages
from wiretruth.columns.view import Numbers, Rows, Truths, View
from wiretruth.model.dns import DnsMessage, Lookup
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import Endpoint
from wiretruth.protocols.dns.exchange import ANSWER_WINDOW, GIVE_UP, Exchange
from wiretruth.protocols.dns.message import decode
from wiretruth.wire.addresses import ipv4_text, ipv6_text

ROW = np.dtype([
    ("ends", "u8", ENDS), ("asked", "i8"), ("told", "i8"), ("asked_frame", "i8"), ("told_frame", "i8"), ("octets", "i8"),
    ("length", "u2"), ("flags", "u2"), ("question_end", "u2"), ("type", "u2"), ("answered", "?"), ("recursion", "?"),
    ("sound", "?"), ("gone", "?"),
])  # fmt: skip
"""``octets``: where those of the response, or of the query where there is none, begin in the octets of their chunk;
``flags`` and ``question_end``: of the same message; ``type``: that was asked for; ``recursion``: desired by the query;
``sound``: nothing of the query is damaged; ``gone``: the row went on as an exchange, or as another row."""

_OF_LOOKUPS = ("ends", "asked", "told", "asked_frame", "told_frame", "octets", "length", "answered", "recursion")
_MASK = 0xFFFF
_WIDTH = 128
"""Octets of most messages."""
DISORDER = NANOSECONDS
"""Times that go back further than this within an input are no jitter: such a batch is read message by message."""

_SLACK = 16
"""Octets behind the last message, so that nothing that is read of it in columns ends early."""
_PIECE = np.dtype([("octets", f"V{_WIDTH}")])

Table = npt.NDArray[np.void]


class Plain(NamedTuple):
    """Messages of a batch that are plain lookups: every query, and the response where it has one."""

    queries: Messages
    responses: Messages
    of: Rows
    """Which of the queries the responses belong to."""
    sound: Truths
    """Of the queries."""


class Chunk(NamedTuple):
    """Rows of some batches, and their octets."""

    rows: Table
    octets: bytes


@dataclass(frozen=True, slots=True)
class PlainLookups:
    """The plain lookups of one input, none of them made yet."""

    chunks: list[Chunk]
    places: list[str]
    """Names of the vantages, by their numbers."""
    watched_until: list[int]
    """Of each vantage: the last moment at which it is known to have been watching."""
    given_up: int = 0
    """Lookups dropped because there were too many."""
    given_up_until: int = 0
    """All of those were over by then."""

    def __len__(self) -> int:
        return sum(len(chunk.rows) for chunk in self.chunks)

    def lookups(self, which: Truths | None = None) -> Iterator[Lookup]:
        """Make some of them, or all, in the order of the chunks."""
        watched_until = dict(zip(self.places, self.watched_until, strict=True))
        begin = 0
        for rows, octets in self.chunks:
            wanted = rows if which is None else rows[which[begin : begin + len(rows)]]
            begin += len(rows)
            for exchange in exchanges(wanted, octets, self.places):
                yield exchange.lookup(watched_until[exchange.vantage])


def made(view: View, plain: Plain, first_number: int) -> tuple[Table, bytes]:
    """Make rows; their octets stand one after the other."""
    queries, responses, of = plain.queries, plain.responses, plain.of
    rows = np.zeros(len(queries), ROW)
    rows["ends"] = queries.ends
    rows["asked"], rows["asked_frame"] = queries.times, queries.rows + first_number
    rows["recursion"] = queries.flags & RECURSION_DESIRED != 0
    rows["sound"] = plain.sound
    rows["question_end"] = queries.question_end - queries.begin
    rows["type"] = view.numbers(queries.question_end - 4, ">u2")
    flags, begin, stop = queries.flags.copy(), queries.begin.copy(), queries.stop.copy()
    flags[of], begin[of], stop[of] = responses.flags, responses.begin, responses.stop
    told, told_frame, answered = (np.zeros(len(queries), kind) for kind in (np.int64, np.int64, np.bool_))
    told[of], told_frame[of], answered[of] = responses.times, responses.rows + first_number, True
    rows["told"], rows["told_frame"], rows["answered"], rows["flags"] = told, told_frame, answered, flags
    return rows, with_octets(view, rows, begin, stop)


def answer(view: View, rows: Table, responses: Messages, first_number: int) -> bytes:
    """Add responses to rows of queries; give their octets, which take the place of the queries'."""
    rows["told"], rows["told_frame"] = responses.times, responses.rows + first_number
    rows["answered"], rows["flags"] = True, responses.flags
    return with_octets(view, rows, responses.begin, responses.stop)


def with_octets(view: View, rows: Table, begin: Numbers, stop: Numbers) -> bytes:
    """Copy the octets of rows together, and note where they are.

    What is short is copied in pieces of one width: a slice for each row takes ten times as long.
    """
    length = stop - begin
    rows["length"] = length
    short = (length <= _WIDTH) & (begin + _WIDTH <= len(view.octets))
    pieces, long = np.flatnonzero(short), np.flatnonzero(~short)
    size = _WIDTH * len(pieces)
    rows["octets"][pieces] = np.arange(0, size, _WIDTH)
    rows["octets"][long] = size + np.cumsum(length[long]) - length[long]
    together = view.headers(begin[pieces], _PIECE).tobytes()
    octets = view.octets
    slices = (octets[a:b] for a, b in zip(begin[long].tolist(), stop[long].tolist(), strict=True))
    return b"".join([together, *slices, bytes(_SLACK)])


def deadlines(rows: Table) -> Numbers:
    """Give the moment behind which nothing that is seen belongs to a row."""
    found: Numbers = np.where(rows["answered"], rows["told"] + ANSWER_WINDOW, rows["asked"] + GIVE_UP)
    return found


def address(high: int, low: int) -> str:
    """Give an address as text."""
    if high == 0 and low >> 32 == MAPPED >> 32:
        return ipv4_text((low & 0xFFFFFFFF).to_bytes(4))
    return ipv6_text((high << 64 | low).to_bytes(16))


def _records(rows: Table) -> Iterator[tuple[Any, ...]]:
    """Give the fields of each row, the ends as a list of their own."""
    return zip(*(rows[name].tolist() for name in _OF_LOOKUPS), strict=True)


def exchanges(rows: Table, octets: bytes, places: list[str]) -> Iterable[Exchange]:
    """Give rows as the lookups that they are.

    Args:
        rows: any of a chunk.
        octets: of the chunk.
        places: names of the vantages, by their numbers.
    """
    resolvers: dict[tuple[int, int, int], Endpoint] = {}
    for ends, asked, told, asked_frame, told_frame, begin, length, answered, recursion in _records(rows):
        message = decode(octets[begin : begin + length])
        if not isinstance(message, DnsMessage):  # its header was read before
            continue
        client_high, client_low, resolver_high, resolver_low, rest = ends
        client = Endpoint(address(client_high, client_low), rest >> 48)
        place = resolver_high, resolver_low, rest >> 32 & _MASK
        resolver = resolvers.get(place)
        if resolver is None:
            resolver = resolvers[place] = Endpoint(address(resolver_high, resolver_low), place[2])
        query = message._replace(recursion_desired=recursion, faults=()) if answered else message
        exchange = Exchange(places[rest & _MASK], (client, "udp", rest >> 16 & _MASK), resolver, query)
        exchange.ask(Mark(asked, asked_frame))
        if answered:
            exchange.answer(Mark(told, told_frame), message, resolver)
        yield exchange


class Late(NamedTuple):
    """Rows of earlier batches that were answered."""

    rows: Table
    octets: bytes
    waiting: Rows
    answers: Rows


def continued(view: View, chunk: Chunk, rows: Table, responses: Messages) -> Truths:
    """Tell which rows of earlier batches are plainly answered by these responses."""
    waited = responses.times - rows["asked"]
    plain: Truths = ~rows["answered"] & rows["sound"] & responses.is_response
    plain &= (waited >= 0) & (waited <= GIVE_UP - DISORDER) & (rows["ends"] == responses.ends).all(axis=1)
    buffer, head = view.octets, HEADER.itemsize
    for place in np.flatnonzero(plain).tolist():
        begin, end = int(responses.begin[place]), int(responses.question_end[place])
        start = int(rows["octets"][place])
        plain[place] = chunk.octets[start + head : start + end - begin] == buffer[begin + head : end]
    return plain
