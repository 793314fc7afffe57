"""The first line: the answer. Below it what was read."""

from collections import Counter
from collections.abc import Iterable, Iterator

from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.finding import Severity
from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, Piece, line
from wiretruth.reports._text.style import GOOD, SEVERITY
from wiretruth.reports._words import count

_OUTCOMES = {
    DeliveryOutcome.ACCEPTED: "accepted",
    DeliveryOutcome.DEFERRED: "deferred",
    DeliveryOutcome.REJECTED: "rejected",
    DeliveryOutcome.UNKNOWN: "with unknown end",
}


def verdict(report: Report) -> Line:
    """Give the loudest finding, or say that nothing wrong was seen and how much there was to see."""
    loud = [f for f in report.findings if f.severity is not Severity.INFO]
    if not loud:
        return line(*_nothing_wrong(report))
    first = loud[0]
    label = f"{first.severity.upper()} ({first.confidence})"
    return line((label, SEVERITY[first.severity]), ": ", (first.summary, "bold"), _others(len(loud) - 1))


def scope(report: Report, clock: Clock) -> Iterator[Line]:
    """Say what was read: each input with its time span, and the sums."""
    yield line(f"{clock.day.isoformat()}, times in UTC" if clock.day else "times in UTC")
    for source in report.inputs:
        yield line(_span(source, clock))
    seen = [
        count(report.connection_count, "connection"),
        count(report.dialogue_count, "SMTP dialogue"),
        count(report.lookup_count, "lookup"),
        deliveries_words(report.deliveries),
    ]
    yield line(", ".join(seen))


def deliveries_words(deliveries: Iterable[Delivery]) -> str:
    """Count deliveries by their end: ``3 deliveries (2 accepted, 1 deferred)``."""
    ends = Counter(delivery.outcome for delivery in deliveries)
    total = count(ends.total(), "delivery", "deliveries")
    told = ", ".join(f"{ends[end]:,} {words}" for end, words in _OUTCOMES.items() if ends[end])
    return f"{total} ({told})" if told else total


def _others(number: int) -> str:
    return f" (and {count(number, 'more finding')})" if number else ""


def _nothing_wrong(report: Report) -> Iterator[Piece]:
    captures = [source for source in report.inputs if source.kind == "capture"]
    where = "these captures" if len(captures) > 1 else "this capture"
    if not sum(source.packets for source in captures):
        yield (f"{where} {'hold' if len(captures) > 1 else 'holds'} no packets", "bold")
    elif not report.deliveries and not report.dialogue_count:
        yield (f"no mail was seen in {where}", "bold")
    else:
        yield (f"nothing wrong was seen in {where}", f"bold {GOOD}")
        yield "" if report.coverage.both_directions else ", which shows one direction only"
        dialogues = count(report.dialogue_count, "SMTP dialogue")
        yield f": {deliveries_words(report.deliveries) if report.deliveries else f'{dialogues}, no delivery'}"
    if report.findings:
        yield f"; {count(len(report.findings), 'note')} below"


def _span(source: InputSummary, clock: Clock) -> str:
    label = f"{source.label}: " if source.label not in source.path else ""
    if source.kind != "capture":
        return f"{label}{source.path} ({source.kind})"
    files = f" ({len(source.files.paths)} files)" if source.files else ""
    words = f"{label}{source.path}{files}: {count(source.packets, 'packet')}"
    if source.first is None or source.last is None:
        return words
    return f"{words}, {clock(source.first)} to {clock(source.last)}"
