"""Which connections, lookups and deliveries a finding speaks of: those that hold the frames it rests on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.model.sighting import Sighting

Place = tuple[str, int]
"""A vantage and a frame of it."""


@dataclass(frozen=True, slots=True)
class Tied:
    """What one finding speaks of."""

    connections: tuple[Connection, ...]
    """Those of the client that it names first, and of these the one that holds most of its frames."""
    lookups: tuple[TiedLookup, ...]
    """In the order of time."""
    deliveries: tuple[int, ...]
    """Their places in the report."""


class Ties:
    """Knows who holds which frame."""

    def __init__(self, report: Report) -> None:
        wanted = {place for finding in report.findings for place in cited(finding)}
        self._connections: dict[Place, list[Connection]] = defaultdict(list)
        self._lookups: dict[Place, list[TiedLookup]] = defaultdict(list)
        self._deliveries: dict[int, list[int]] = defaultdict(list)
        if not wanted:
            return
        for connection in _connections(report):
            for place in wanted.intersection(frames_of(connection)):
                self._connections[place].append(connection)
        for tied in _lookups(report):
            for place in {(x.vantage, frame) for x in tied.sightings for frame in x.frames} & wanted:
                self._lookups[place].append(tied)
        for number, delivery in enumerate(report.deliveries):
            things = [id(a.connection.nearest) for a in delivery.attempts]
            for thing in (*things, *(id(tied.nearest) for tied in delivery.lookups)):
                self._deliveries[thing].append(number)

    def of(self, finding: Finding) -> Tied:
        """Give what the finding speaks of."""
        held: dict[int, tuple[int, Connection]] = {}
        asked: dict[int, TiedLookup] = {}
        for place in cited(finding):
            for connection in self._connections.get(place, ()):
                number, _ = held.get(id(connection.nearest), (0, connection))
                held[id(connection.nearest)] = (number + 1, connection)
            asked |= {id(tied.nearest): tied for tied in self._lookups.get(place, ())}
        ranked = sorted(held.values(), key=lambda each: (each[1].client.address != finding.client, -each[0]))
        known = [n for thing in (*held, *asked) for n in self._deliveries.get(thing, ())]
        return Tied(
            connections=tuple(connection for _, connection in ranked),
            lookups=tuple(sorted(asked.values(), key=lambda tied: tied.nearest.at)),
            deliveries=tuple(sorted(set(known))),
        )


def cited(finding: Finding) -> Iterator[Place]:
    """Give the frames that a finding rests on."""
    return ((e.vantage, frame) for e in finding.evidence if e.vantage is not None for frame in e.frames)


def frames_of(connection: Connection) -> Iterator[Place]:
    """Give the frames of a connection that the report knows by number."""
    for sighting in connection.sightings:
        yield from ((sighting.vantage, frame) for frame in _frames(sighting))
    dialogue = connection.dialogue
    if dialogue is not None:
        yield from ((dialogue.vantage, event.frame) for event in dialogue.events)
        yield from ((dialogue.vantage, exchange.asked_frame) for exchange in dialogue.exchanges)
        if dialogue.tls is not None:
            yield (dialogue.vantage, dialogue.tls.frame)


def _frames(sighting: Sighting) -> Iterator[int]:
    yield from (sighting.opened.frame, sighting.last.frame)
    for marks in (sighting.syns, sighting.syn_acks, sighting.resets, sighting.rejections):
        yield from (mark.frame for mark in marks)
    if sighting.established is not None:
        yield sighting.established.frame
    for half in (sighting.from_client, sighting.from_server):
        yield from (m.frame for m in (half.first, half.last, half.first_data, half.last_data, half.fin) if m)
        if half.unacknowledged is not None:
            yield from half.unacknowledged.frames


def _connections(report: Report) -> Iterator[Connection]:
    """Give each connection once, those that only a delivery knows too."""
    seen: set[int] = set()
    for connection in (*report.connections, *(a.connection for d in report.deliveries for a in d.attempts)):
        if id(connection.nearest) not in seen:
            seen.add(id(connection.nearest))
            yield connection


def _lookups(report: Report) -> Iterator[TiedLookup]:
    seen: set[int] = set()
    for tied in (*report.lookups, *(x for d in report.deliveries for x in d.lookups)):
        if id(tied.nearest) not in seen:
            seen.add(id(tied.nearest))
            yield tied
