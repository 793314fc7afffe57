"""The part on mail logs: how much of each the wire bears out, and the lines that it does not, beside their packets."""

from collections.abc import Iterator
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import JudgedLine, LogClock, LoggedDelivery, LogSummary, Verdict
from wiretruth.model.packet import Endpoint
from wiretruth.model.report import Report
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, heading, line
from wiretruth.reports._text.style import BAD, GOOD, QUIET
from wiretruth.reports._words import count

QUOTED: Final = 5
"""Contradicted lines quoted of each log, unless all are asked for."""

_STYLES: Final = {Verdict.CONFIRMED: GOOD, Verdict.CONTRADICTED: BAD, Verdict.UNPROVABLE: QUIET}


def logs(report: Report, clock: Clock, *, in_full: bool) -> Iterator[Line]:
    """Tell each log."""
    if not report.logs:
        return
    yield from heading("LOGS")
    for number, log in enumerate(report.logs):
        if number:
            yield line("")
        yield from log_lines(report, log, clock, in_full=in_full)


def log_lines(report: Report, log: LogSummary, clock: Clock, *, in_full: bool) -> Iterator[Line]:
    """Tell one log: its sums, and the lines that the wire contradicts."""
    yield from _log(log, in_full=in_full)
    lines = [x for x in report.lines if x.claim.line.source == log.label]
    yield from _quotes([x for x in lines if in_full or x.verdict is Verdict.CONTRADICTED], clock, in_full=in_full)


def _log(log: LogSummary, *, in_full: bool) -> Iterator[Line]:
    unknown = f", {log.unknown:,} of no known form" if log.unknown else ""
    unknown += f", {log.outside:,} of another time than the captures" if log.outside else ""
    yield line((log.path, "bold"), f": {', '.join(log.programs)}, {count(log.lines, 'line')}{unknown}")
    verdicts = dict(log.verdicts)
    pieces = [(f"{verdicts.get(v, 0):,} {v}", _STYLES[v] if verdicts.get(v) else "") for v in Verdict]
    told = f"{count(log.claims, 'line tells', 'lines tell')} of connections: "
    yield line(told, pieces[0], ", ", pieces[1], ", ", pieces[2], lead="  ")
    if log.reasons:
        why = ", ".join(f"{number:,} {reason}" for reason, number in log.reasons)
        yield line(f"unprovable: {why}", lead="  ")
    if in_full:
        for host, stands in log.clocks:
            if stands.offset is not None:
                words = f"clock{f' of {host}' if host else ''}: {_apart(stands)}"
                yield line(f"{words}, from {count(stands.events, 'event')} found in both", lead="  ")


def _apart(clock: LogClock) -> str:
    """Say no more of a clock's error than the log's own times can tell."""
    offset = clock.offset or 0
    if abs(offset) <= clock.grain:
        return "agrees with the captures'"
    return f"{duration(abs(offset))} {'ahead of' if offset > 0 else 'behind'} the captures'"


def _quotes(quoted: list[JudgedLine], clock: Clock, *, in_full: bool) -> Iterator[Line]:
    shown = quoted if in_full else quoted[:QUOTED]
    for judged in shown:
        written = judged.claim.line
        yield line(
            (judged.verdict.value, _STYLES[judged.verdict]),
            f" line {written.number}: {written.time.written} {written.text}",
            lead="  - ",
        )
        if judged.connection is not None:
            yield line(_on_the_wire(judged, clock), lead="    ")
        elif judged.reason is not None:
            yield line((judged.reason.value, QUIET), lead="    ")
    if len(shown) < len(quoted):
        yield line((f"... {count(len(quoted) - len(shown), 'more line')} (-v shows them)", QUIET), lead="  - ")


def _on_the_wire(judged: JudgedLine, clock: Clock) -> str:
    connection = judged.connection
    if connection is None:
        return ""
    nearest = connection.nearest
    words = f"on the wire: {clock(connection.at)} {connection.client} to {connection.contacted}, {connection.outcome}"
    claim = judged.claim
    named = Endpoint(claim.address, claim.port or connection.contacted.port) if claim.address else None
    if isinstance(claim, LoggedDelivery) and judged.verdict is Verdict.CONTRADICTED and named:
        words += f" (the line says {named})"
    if abs(judged.at - connection.at) >= NANOSECONDS:
        words += f", begun {duration(abs(judged.at - connection.at))} {'before' if connection.at < judged.at else 'after'} the line"
    return f"{words} (frame {nearest.opened.frame})"
