"""The part on ways: where connections passed, drawn where their addresses change or their packets went no farther."""

from collections.abc import Iterator, Mapping
from typing import Final

from wiretruth.model.connection import Connection
from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.model.route import Route, Stop, route
from wiretruth.reports._text.page import Line, Piece, heading, line
from wiretruth.reports._text.style import BAD, DOUBTFUL, QUIET
from wiretruth.reports._words import count

MOST_WAYS: Final = 6
"""Ways drawn; the others are counted."""
MOST_STOPS: Final = 8
"""Stops drawn of one way."""
MOST_VANTAGES: Final = 4
"""Vantages named at one stop."""

DROPPED: Final = "dropped-in-transit"

_RAIL: Final = "    |"

_Ends = tuple[str | None, str | None]
"""Addresses of the client and of whom it meant."""


def ways(report: Report, *, in_full: bool) -> Iterator[Line]:
    """Draw each way once, under a heading, with the number of connections that took it.

    Args:
        report: whose connections are drawn.
        in_full: draw every way.
    """
    missed = {_meant(finding): vantage for finding in report.findings if (vantage := _missed(finding)) is not None}
    drawn: dict[object, list[Connection]] = {}
    for connection in report.connections:
        way = route(connection)
        if _worth_drawing(way, connection, missed):
            drawn.setdefault(_shape(way), []).append(connection)
    if drawn:
        yield from heading("WAYS")
        yield from _each(list(drawn.values()), missed, in_full=in_full)


def _worth_drawing(way: Route, connection: Connection, missed: Mapping[_Ends, str]) -> bool:
    """A capture of one direction shows no server, although the handshake was completed: nothing was lost there."""
    if len(way.stops) == 1 and not way.answered and connection.nearest.established is not None:
        return way.reply_source is not None
    return way.eventful or (not way.answered and _ends(connection) in missed)


def _each(groups: list[list[Connection]], missed: Mapping[_Ends, str], *, in_full: bool) -> Iterator[Line]:
    told = groups if in_full else groups[:MOST_WAYS]
    for number, alike in enumerate(told):
        if number:
            yield line("")
        first = alike[0]
        way = route(first)
        yield line((f"{count(len(alike), 'connection')} from {way.client.address} to {first.server}", "bold"))
        yield from draw(way, missed.get(_ends(first)))
    if len(told) < len(groups):
        yield line("")
        yield line((f"... {count(len(groups) - len(told), 'more way')} (-v shows them)", QUIET))


def draw(way: Route, missed: str | None = None) -> Iterator[Line]:
    """Draw one way from its client to whom it reached.

    Args:
        way: as far as it was seen.
        missed: the vantage that should have seen it next, where one is known.
    """
    yield line(f"  {way.client.address}", (" (client)", QUIET))
    lost = way.answer_lost
    for number, stop in enumerate(way.stops[:MOST_STOPS]):
        change = _change(stop, answer_lost=number > 0 and number == lost)
        benign = stop.client_changed and not stop.server_changed and lost is None
        yield line((f"    X  {change}", DOUBTFUL if benign else BAD)) if change else line(_RAIL)
        yield _stop(stop)
    if len(way.stops) > MOST_STOPS:
        yield line((f"    :  {count(len(way.stops) - MOST_STOPS, 'more stop')}", QUIET))
    yield from _end(way, missed)


def _change(stop: Stop, *, answer_lost: bool) -> str:
    changed = [what for what, is_so in (("source", stop.client_changed), ("destination", stop.server_changed)) if is_so]
    words = [f"{' and '.join(changed)} changed"] if changed else []
    words += ["the answer got no farther than here"] if answer_lost else []
    return "; ".join(words)


def _stop(stop: Stop) -> Line:
    named = ", ".join(stop.vantages[:MOST_VANTAGES])
    more = len(stop.vantages) - MOST_VANTAGES
    where = f"{named} and {more} more" if more > 0 else named
    to: Piece = (f"{stop.client.address} to {stop.server}", BAD if stop.server_changed else "")
    return line(f"{where}: ", to, lead="    +-- ")


def _end(way: Route, missed: str | None) -> Iterator[Line]:
    last = way.stops[-1]
    if way.answered:
        yield line(_RAIL)
        note = f"it answered as {way.reply_source}" if way.reply_source else "reached: it answered"
        yield line(f"  {way.contacted}", (f" ({note})", BAD if way.reply_source else QUIET))
        return
    seen = f"last seen at {last.vantages[-1]}" + (f", never at {missed}" if missed else "; nothing came back")
    yield line((f"    X  {seen}", BAD))
    yield line(f"  {way.contacted}", (" (not reached, as far as was seen)", QUIET))


def _shape(way: Route) -> object:
    """Give what drawings have in common, the client's ports left out."""
    stops = [(s.vantages, s.client.address, s.server, s.answered) for s in way.stops]
    return tuple(stops), way.reply_source


def _meant(finding: Finding) -> _Ends:
    return finding.client, finding.intended.address if finding.intended else None


def _ends(connection: Connection) -> _Ends:
    return connection.client.address, connection.server.address


def _missed(finding: Finding) -> str | None:
    """Give the vantage of which a finding says that the packet never came there."""
    if finding.code != DROPPED:
        return None
    return next((record.vantage for record in finding.evidence if record.vantage and not record.frames), None)
