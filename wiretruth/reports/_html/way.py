"""The way of a connection or lookup with what a drawing shows of it: who, seen where and as what, whom it reached."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Finding
from wiretruth.model.route import Route, Stop, route
from wiretruth.model.sighting import Rejection
from wiretruth.reports._rivals import meant_elsewhere
from wiretruth.reports._text.handshake import reason_words
from wiretruth.reports._words import party

MOST_STOPS: Final = 8
"""Stops drawn of one way: a page's height."""
DROPPED: Final = "dropped-in-transit"
"""The finding whose evidence names a place that packets never came to."""
MOST_VANTAGES: Final = 4
"""Vantages named at one stop."""


@dataclass(frozen=True, slots=True)
class Place:
    """One stop as it is drawn."""

    title: str
    lines: tuple[tuple[str, bool], ...]
    """Each with whether it says something that has changed since the stop before."""
    note: str = ""
    seen: bool = True
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way from its client to whom it reached."""

    client: str
    meant: str | None
    """Whom the client meant, where the packets went elsewhere."""
    meant_after: int
    """Places that the packets passed before they went elsewhere."""
    places: tuple[Place, ...]
    server: str
    reached: bool
    """An answer was seen."""
    asked: str = "server"
    """What the addressed host is to the client."""


def way_of_connection(connection: Connection, finding: Finding) -> Way:
    """Give the way of a connection that a finding speaks of."""
    frames = {s.vantage: s.opened.frame for s in reversed(connection.sightings)}
    way = _way(route(connection), frames, finding)
    rejected = [_rejected(r) for s in connection.sightings[:1] for r in s.rejections[:1]]
    return replace(way, places=(*way.places, *rejected))


def way_of_lookup(tied: TiedLookup, finding: Finding) -> Way:
    """Give the way of a lookup that a finding speaks of."""
    frames = {x.vantage: x.frames[0] for x in reversed(tied.sightings) if x.frames}
    stops: list[Stop] = []
    for x in tied.sightings:
        client, server = bool(stops) and stops[-1].client != x.client, bool(stops) and stops[-1].server != x.resolver
        stops.append(Stop((x.vantage,), x.client, x.resolver, x.response is not None, client, server))
    return replace(_way(Route(tuple(stops), tied.nearest.reply_source), frames, finding), asked="resolver")


def told(way: Way) -> str:
    """Tell the way in one sentence, for those who do not see the drawing."""
    stops = [f"{place.title}{''.join(f', {words}' for words, _ in place.lines)}" for place in way.places]
    end = f"{way.server} answered" if way.reached else f"no answer of {way.server} was seen"
    meant = f". It was meant for {way.meant}" if way.meant else ""
    return f"From {way.client}; {'; '.join(stops)}; {end}{meant}"


def missed_at(finding: Finding) -> dict[str, str]:
    """Give the vantages of which a finding says that something did not come there, with its words."""
    return {e.vantage: e.text for e in finding.evidence if e.vantage and not e.frames and finding.code == DROPPED}


def _rejected(rejection: Rejection) -> Place:
    return Place(f"ICMP error from {rejection.sender}", (), note=reason_words(rejection), seen=False)


def _way(seen: Route, frames: dict[str, int], finding: Finding) -> Way:
    missed = missed_at(finding)
    known = {vantage for stop in seen.stops for vantage in stop.vantages}
    elsewhere = _elsewhere(finding, seen.stops[0])
    places = [_place(n, stop, frames, missed, elsewhere=elsewhere) for n, stop in enumerate(seen.stops)]
    places = places if len(places) <= MOST_STOPS else [*places[: MOST_STOPS // 2], *places[-MOST_STOPS // 2 :]]
    places += [
        Place(f"not seen at {vantage}", (), note=text, seen=False)
        for vantage, text in missed.items()
        if vantage not in known
    ]
    away = next((n for n, place in enumerate(places) if place.changed), 0)
    meant = meant_elsewhere(finding) if places[away].changed else None
    return Way(
        client=seen.client.address,
        meant=party(meant) if meant is not None else None,
        meant_after=away,
        places=tuple(places),
        server=str(seen.contacted),
        reached=any(stop.answered for stop in seen.stops),
    )


def _place(number: int, stop: Stop, frames: dict[str, int], missed: Mapping[str, str], *, elsewhere: bool) -> Place:
    server_changed = stop.server_changed or (number == 0 and elsewhere)
    named_here = stop.vantages[:MOST_VANTAGES]
    title = ", ".join(f"{v} (frame {frames[v]})" if v in frames else v for v in named_here)
    more = len(stop.vantages) - len(named_here)
    note = next((missed[vantage] for vantage in stop.vantages if vantage in missed), "")
    return Place(
        title=f"seen at {title}" + (f" and {more} more" if more else ""),
        lines=((f"from {stop.client}", stop.client_changed), (f"to {stop.server}", server_changed)),
        note=note,
        changed=server_changed,
    )


def _elsewhere(finding: Finding, first: Stop) -> bool:
    """Tell whether already the first stop shows another server than the finding says was meant."""
    meant, seen = meant_elsewhere(finding), finding.observed
    if meant is None or seen is None or meant.address is None:
        return False
    there = (first.server.address, first.server.port)
    return first.server.address == seen.address and there != (meant.address, meant.port or first.server.port)
