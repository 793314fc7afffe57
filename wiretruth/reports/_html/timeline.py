"""The whole capture on one line of time: what was watched, what resolvers left unanswered, mail, findings."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._html.deliveries import ended, started
from wiretruth.reports._html.element import Element, Node, element
from wiretruth.reports._html.findings import numbered
from wiretruth.reports._html.pieces import TONES
from wiretruth.reports._html.shorten import shortened
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.verdict import deliveries_words
from wiretruth.reports._words import count, second

BINS: Final = 90
"""Columns of a crowded line: what a telephone can show."""
ONE_BY_ONE: Final = 40
"""Deliveries drawn each; more are drawn as columns."""
MARKS: Final = 150
"""Findings marked each; more are drawn as columns."""
ROWS: Final = 6
"""Deliveries above each other that went on at the same time."""
CAPTURES: Final = 6
RESOLVERS: Final = 4
TICKS: Final = 4
"""Parts of the axis."""
SIGNS: Final = {Severity.CRITICAL: "◆", Severity.WARNING: "▲", Severity.INFO: "●"}
"""A shape for each severity, so that colour says nothing alone."""
HIGHEST: Final = 44
"""Pixels of the highest column."""

Tally = dict[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns moments into per cents of the width."""

    first: int
    last: int

    def share(self, at: int) -> float:
        """Give the place of a moment, 0.0 to 100.0."""
        return round(100 * min(max(at - self.first, 0), self.span) / self.span, 3)

    def bin(self, at: int) -> int:
        """Give the column that a moment falls into."""
        return min(int(self.share(at) * BINS / 100), BINS - 1)

    @property
    def span(self) -> int:
        return max(self.last - self.first, 1)


def timeline(report: Report, clock: Clock, ties: Ties) -> Element | None:
    """Draw the line of time; nothing where there is no capture, or no time in it."""
    captures = [s for s in report.inputs if s.kind == "capture" and s.first is not None and s.last is not None]
    if not captures or not (report.findings or report.deliveries):
        return None
    scale = Scale(min(s.first or 0 for s in captures), max(s.last or 0 for s in captures))
    pen = _Pen(scale)
    pen.captures(captures)
    for resolver, findings in list(_troubled(report).items())[:RESOLVERS]:
        pen.resolver(resolver, findings, ties)
    pen.deliveries(report.deliveries)
    pen.findings(report)
    pen.axis(clock)
    drawing = element(
        "svg", pen.nodes, class_="timeline", width="100%", height=pen.height, role="img", aria_label=told(report, clock)
    )
    return element("section", element("h2", "Timeline"), drawing, id="time")


def told(report: Report, clock: Clock) -> str:
    """Tell the drawing in words."""
    found = Counter(f.severity for f in report.findings)
    parts = [f"{found[severity]:,} {severity}" for severity in reversed(Severity) if found[severity]]
    troubled = [
        f"trouble with resolver {name} from {clock(min(f.at for f in fs))}" for name, fs in _troubled(report).items()
    ]
    return "; ".join(
        [
            *([f"findings: {', '.join(parts)}"] if parts else []),
            *troubled[:RESOLVERS],
            deliveries_words(report.deliveries),
        ]
    )


def _troubled(report: Report) -> dict[str, list[Finding]]:
    resolvers: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.code.startswith(("dns-", "resolver-outage")) and finding.intended and finding.intended.address:
            resolvers[finding.intended.address].append(finding)
    return resolvers


class _Pen:
    """Draws one line of things below the other."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.nodes: list[Node] = []
        self.height = 4

    def captures(self, captures: list[InputSummary]) -> None:
        labels = ", ".join(shortened(source.label, 16) for source in captures[:CAPTURES])
        self._title(f"captured: {labels}" if len(captures) > 1 else "captured")
        for source in captures[:CAPTURES]:
            title = element("title", f"{source.label}: {count(source.packets, 'packet')}")
            self._bar(source.first or 0, source.last or 0, 4, "captured", title)
            self.height += 7
        self.height += 8

    def resolver(self, resolver: str, findings: list[Finding], ties: Ties) -> None:
        self._title(f"resolver {shortened(resolver, 39)}: lookups without an answer")
        lookups = {id(t.nearest): t.nearest for finding in findings for t in ties.of(finding).lookups}.values()
        if any(f.code == "resolver-outage" for f in findings) and lookups:
            first, last = min(x.at for x in lookups), max(x.waited_until for x in lookups)
            self._bar(first, last, 16, "outage", element("title", f"{resolver} served nothing"))
        for bin_ in sorted({self.scale.bin(x.at) for x in lookups}):
            self.nodes.append(
                element(
                    "rect", x=f"{100 * bin_ / BINS:.2f}%", y=self.height + 3, width=4, height=10, class_="unanswered"
                )
            )
        self.height += 26

    def deliveries(self, deliveries: tuple[Delivery, ...]) -> None:
        if not deliveries:
            return
        self._title("mail")
        if len(deliveries) > ONE_BY_ONE:
            tally: Tally = defaultdict(Counter)
            for delivery in deliveries:
                tally[self.scale.bin(started(delivery))][TONES[delivery.outcome]] += 1
            self._columns(tally, [TONES[outcome] for outcome in DeliveryOutcome], "delivery", "deliveries")
            return
        ends: list[int] = []
        top = self.height
        for delivery in sorted(deliveries, key=started):
            first, last = started(delivery), ended(delivery)
            row = next((n for n, end in enumerate(ends) if end < first), len(ends))
            ends[row : row + 1] = [last + self.scale.span // 50]
            self.height = top + 9 * min(row, ROWS - 1)
            who = ", ".join(delivery.recipients[:2]) or delivery.domain
            self._bar(
                first,
                last,
                6,
                f"mail {TONES[delivery.outcome]}",
                element("title", f"mail for {who}: {delivery.outcome}"),
            )
        self.height = top + 9 * min(len(ends), ROWS) + 10

    def findings(self, report: Report) -> None:
        if not report.findings:
            return
        self._title("findings")
        if len(report.findings) > MARKS:
            tally: Tally = defaultdict(Counter)
            for finding in report.findings:
                tally[self.scale.bin(finding.at)][finding.severity.value] += 1
            self._columns(tally, [s.value for s in reversed(Severity)], "finding", "findings")
            return
        numbers, piles = numbered(report), Counter[int]()
        for finding in report.findings:
            pile = int(self.scale.share(finding.at) / 2.5)
            y = self.height + 12 + 14 * min(piles[pile], 5)
            piles[pile] += 1
            mark = element(
                "text",
                element("title", finding.summary),
                SIGNS[finding.severity],
                x=f"{_inside(self.scale.share(finding.at))}%",
                y=y,
                text_anchor="middle",
                class_=f"sign {finding.severity}",
            )
            self.nodes.append(element("a", mark, href=f"#f{numbers[id(finding)]}", aria_label=finding.summary))
        self.height += 14 * min(max(piles.values()), 6) + 10

    def axis(self, clock: Clock) -> None:
        y = self.height + 4
        self.nodes.append(element("line", x1="0%", x2="100%", y1=y, y2=y, class_="axis"))
        for number in range(TICKS + 1):
            at = self.scale.first + self.scale.span * number // TICKS
            anchor = "start" if not number else "end" if number == TICKS else "middle"
            name = "tick minor" if number % 2 else "tick"
            x = f"{100 * number / TICKS}%"
            self.nodes.append(element("line", x1=x, x2=x, y1=y, y2=y + 4, class_="axis"))
            self.nodes.append(
                element("text", _tick(at, self.scale, clock), x=x, y=y + 18, text_anchor=anchor, class_=name)
            )
        self.height = y + 24

    def _title(self, words: str) -> None:
        self.nodes.append(element("text", words, x=0, y=self.height + 11, class_="line"))
        self.height += 18

    def _bar(self, first: int, last: int, height: int, name: str, title: Element) -> None:
        x, end = self.scale.share(first), self.scale.share(last)
        width = max(end - x, 0.6)
        self.nodes.append(
            element(
                "rect",
                title,
                x=f"{min(x, 100 - width):.2f}%",
                y=self.height,
                width=f"{width:.2f}%",
                height=height,
                rx=min(height // 2, 3),
                class_=name,
            )
        )

    def _columns(self, tally: Tally, order: list[str], noun: str, plural: str) -> None:
        most = max(column.total() for column in tally.values())
        for place, column in sorted(tally.items()):
            top = float(self.height + HIGHEST)
            for name in reversed(order):
                if column[name]:
                    height = max(HIGHEST * column[name] / most, 1.5)
                    top -= height
                    title = element("title", f"{count(column[name], noun, plural)}: {name}")
                    self.nodes.append(
                        element(
                            "rect",
                            title,
                            x=f"{100 * place / BINS:.2f}%",
                            y=round(top, 1),
                            width=f"{88 / BINS:.2f}%",
                            height=round(height, 1),
                            class_=f"column {name}",
                        )
                    )
        self.height += HIGHEST + 12


def _inside(share: float) -> float:
    return min(max(share, 1.0), 99.0)


def _tick(at: int, scale: Scale, clock: Clock) -> str:
    if scale.span < 4 * TICKS * NANOSECONDS:
        return clock(at)
    moment = second(at + NANOSECONDS // 2)
    if clock.day is not None and scale.span < timedelta(days=1) // timedelta(seconds=1) * NANOSECONDS:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%d %b %H:%M")
