"""The head of the page: the answer, what becomes of the mail, and what was read."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._html.element import Element, element
from wiretruth.reports._html.pieces import TONES, grade, moment, sentence
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.finding import outlook
from wiretruth.reports._text.verdict import verdict
from wiretruth.reports._words import count

NAMED_INPUTS: Final = 6
"""Inputs told on the first screen; all are in the table at the end."""


def title(report: Report) -> str:
    """Give the answer in one line of plain text."""
    loud = _loud(report)
    return f"{loud[0].severity.upper()}: {loud[0].summary}" if loud else verdict(report).plain


def summary(report: Report, clock: Clock) -> Element:
    """Give the head of the page."""
    loud = _loud(report)
    answer = _accusation(loud, clock) if loud else _all_clear(report)
    tone = loud[0].severity.value if loud else "clear"
    return element("section", answer, _scope(report, clock), class_=f"verdict {tone}", aria_label="The answer")


def _loud(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.severity is not Severity.INFO]


def _accusation(loud: list[Finding], clock: Clock) -> Iterator[Element]:
    first = loud[0]
    label, words = outlook(first.blame)
    yield element("p", grade(first), " ", moment(first.at, clock))
    yield element("h1", sentence(first.summary))
    if words:
        yield element("p", element("b", f"{label.capitalize()}: "), words, class_="outlook")
    if len(loud) > 1:
        rest = count(len(loud) - 1, "more finding")
        yield element("p", element("a", f"and {rest}", href="#findings"), class_="outlook")


def _all_clear(report: Report) -> Iterator[Element]:
    yield element("p", element("span", element("b", "no warning"), class_="grade clear"))
    yield element("h1", sentence(verdict(report).plain))


def _scope(report: Report, clock: Clock) -> Iterator[Element]:
    day = f"{clock.day.isoformat()}, times in UTC" if clock.day else "times in UTC"
    captures = [source for source in report.inputs if source.kind == "capture"]
    named = [_span(source, clock) for source in captures[:NAMED_INPUTS]]
    more = len(captures) - len(named)
    yield element(
        "ul", named, element("li", f"and {count(more, 'more capture')}") if more > 0 else None, class_="inputs"
    )
    yield element("p", day, class_="quiet day")
    yield element("dl", _sums(report), class_="sums")


def _span(source: InputSummary, clock: Clock) -> Element:
    label = f"{source.label}: " if source.label not in source.path else ""
    words = f": {count(source.packets, 'packet')}"
    if source.first is not None and source.last is not None:
        words += f", {clock(source.first)} to {clock(source.last)}"
    return element("li", label, element("b", source.path), words)


def _sums(report: Report) -> Iterator[Element]:
    found = Counter(f.severity for f in report.findings)
    for severity in reversed(Severity):
        if found[severity]:
            yield _sum(found[severity], severity.value, severity.value, "#findings")
    ends = Counter(delivery.outcome for delivery in report.deliveries)
    for outcome in DeliveryOutcome:
        if ends[outcome]:
            name = "with unknown end" if outcome is DeliveryOutcome.UNKNOWN else outcome.value
            yield _sum(ends[outcome], name, TONES[outcome], "#deliveries")
    yield _sum(report.connection_count, "connections" if report.connection_count != 1 else "connection", "plain")
    yield _sum(report.dialogue_count, "SMTP dialogues" if report.dialogue_count != 1 else "SMTP dialogue", "plain")
    yield _sum(report.lookup_count, "lookups" if report.lookup_count != 1 else "lookup", "plain")


def _sum(number: int, name: str, tone: str, target: str | None = None) -> Element:
    told = element("a", name, href=target) if target else name
    return element("div", element("dt", told), element("dd", f"{number:,}"), class_=f"sum {tone}")
