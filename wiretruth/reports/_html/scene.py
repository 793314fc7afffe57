"""The packets that a finding is about, as a play: who is on the stage, who says what to whom, who saw it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Finding
from wiretruth.reports._html.speech import MADE_BY_HOP, Speech, of_connection, of_lookup
from wiretruth.reports._html.ties import cited
from wiretruth.reports._html.way import missed_at

MOST_PLACES: Final = 4
"""Vantages on the stage: more lifelines cannot be told apart on a telephone."""
MOST_RESOLVERS: Final = 2
"""Resolvers on the stage."""
MOST_LOOKUPS: Final = 8
"""Lookups drawn beside one connection."""
MOST_SHOTS: Final = 36
"""Packets drawn: two screens; of more, the first, the last, and those that the finding rests on."""
_FIRST, _LAST = 8, 12


@dataclass(frozen=True, slots=True)
class Lane:
    """One lifeline."""

    name: str
    address: str | None
    """``None``: a vantage, which only looks on."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One packet, or what was sent in one, between two lanes."""

    speech: Speech
    source: float
    """Lane; a half lies between two."""
    target: float
    seen: tuple[int, ...]
    """Lanes of the vantages that saw it, in its direction."""
    cited: bool
    """The finding rests on it."""
    passed_over: int = 0
    """Packets left out before it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn."""

    lanes: tuple[Lane, ...]
    shots: tuple[Shot, ...]
    until: int
    """How long somebody waited for more."""
    packets: int
    """Known to the report, drawn or not."""


def scene(connections: tuple[Connection, ...], lookups: tuple[TiedLookup, ...], finding: Finding) -> Scene | None:
    """Set the stage for what a finding speaks of; ``None`` where there is nothing to show."""
    connection = connections[0] if connections else None
    lookups = lookups[:MOST_LOOKUPS]
    if connection is None and not lookups:
        return None
    stage = _Stage(connection, lookups, finding)
    shots = sorted(stage.shots(), key=lambda shot: (shot.speech.at, shot.speech.frame))
    waited = [x.nearest.waited_until for x in lookups if x.nearest.response is None and connection is None]
    until = max([*waited, *(shot.speech.at for shot in shots), *([connection.nearest.last.at] if connection else [])])
    return Scene(tuple(stage.lanes), _few(shots), until, len(shots)) if shots else None


class _Stage:
    """Knows where everybody stands: resolvers that the client asked at the left, those that the server asked at the right."""

    def __init__(self, connection: Connection | None, lookups: tuple[TiedLookup, ...], finding: Finding) -> None:
        self._connection = connection
        self._lookups = lookups
        self._cited = frozenset(cited(finding))
        first = lookups[0].nearest if lookups else None
        self._client = connection.client.address if connection else first.client.address if first else ""
        self._server = connection.contacted.address if connection else None
        near = [x.nearest for x in lookups if x.nearest.client.address == self._client]
        far = [x.nearest for x in lookups if x.nearest.client.address == self._server]
        seen = connection.sightings if connection else tuple(s for x in lookups for s in x.sightings)
        places = _ends(list(dict.fromkeys((*(s.vantage for s in seen), *missed_at(finding)))))
        asked_near = list(dict.fromkeys(x.resolver.address for x in near))[:MOST_RESOLVERS]
        asked_far = list(dict.fromkeys(x.resolver.address for x in far))[:MOST_RESOLVERS]
        before = [Lane("resolver", a) for a in asked_near] if connection else []
        behind = [Lane("resolver", a) for a in (asked_far if connection else asked_near)]
        server = [Lane("server", self._server)] if connection else []
        self.lanes = [*before, Lane("client", self._client), *(Lane(p, None) for p in places), *server, *behind]

    def shots(self) -> list[Shot]:
        """Give every packet that the report knows of them."""
        told: list[Shot] = []
        if self._connection is not None:
            near, far = self._host("client", self._client), self._host("server", self._server)
            for speech in of_connection(self._connection):
                source, target = (near, far) if speech.from_client else (far, near)
                told.append(
                    self._shot(speech, source - 0.5 if speech.label.startswith(MADE_BY_HOP) else source, target)
                )
        for tied in self._lookups:
            asker, resolver = tied.nearest.client.address, tied.nearest.resolver.address
            one, other = self._asker(asker), self._host("resolver", resolver)
            if one < 0 or other < 0:
                continue
            told += (self._shot(x, *((one, other) if x.from_client else (other, one))) for x in of_lookup(tied))
        return told

    def _shot(self, speech: Speech, source: float, target: float) -> Shot:
        low, high = min(source, target), max(source, target)
        places = {lane.name: n for n, lane in enumerate(self.lanes) if lane.address is None}
        seen = sorted(places[v] for v, _ in speech.places if v in places and low < places[v] < high)
        marked = not self._cited.isdisjoint(speech.places)
        return Shot(speech, source, target, tuple(seen if source < target else reversed(seen)), marked)

    def _asker(self, address: str) -> int:
        return self._host("client" if address == self._client else "server", address)

    def _host(self, name: str, address: str | None) -> int:
        wanted = Lane(name, address)
        return self.lanes.index(wanted) if wanted in self.lanes else -1


def _ends(places: list[str]) -> list[str]:
    half = MOST_PLACES // 2
    return places if len(places) <= MOST_PLACES else [*places[:half], *places[-half:]]


def _few(shots: list[Shot]) -> tuple[Shot, ...]:
    if len(shots) <= MOST_SHOTS:
        return tuple(shots)
    kept = {*range(_FIRST), *range(len(shots) - _LAST, len(shots))}
    kept |= set(_spare((n for n, shot in enumerate(shots) if shot.cited and n not in kept), MOST_SHOTS - len(kept)))
    chosen, before = [], -1
    for number in sorted(kept):
        chosen.append(replace(shots[number], passed_over=number - before - 1))
        before = number
    return tuple(chosen)


def _spare(numbers: Iterable[int], room: int) -> list[int]:
    return list(numbers)[:room]
