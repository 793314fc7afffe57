"""One finding on the page: the sentence, the drawings, the two records that cannot both be true, and what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from wiretruth.model.finding import Evidence, Finding, Party
from wiretruth.model.report import Report
from wiretruth.reports._html.element import Element, Node, element
from wiretruth.reports._html.pieces import grade, listed, moment, sentence
from wiretruth.reports._html.scene import scene
from wiretruth.reports._html.sequence import draw_sequence
from wiretruth.reports._html.ties import Tied, Ties
from wiretruth.reports._html.way import way_of_connection, way_of_lookup
from wiretruth.reports._html.way_drawing import draw_way
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import identity
from wiretruth.reports._rivals import rivals
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.finding import outlook
from wiretruth.reports._text.frames import frames_words, tshark_commands
from wiretruth.reports._words import count, party

MOST_RECORDS: Final = 40
"""Records of evidence told of one finding."""
MOST_RANGES: Final = 12
"""Ranges of frames told of one record."""
SEEN: Final = "What was seen"
MOST_DRAWN: Final = 2
"""Connections drawn of one finding: a proxy has one at each side."""
MOST_DELIVERIES: Final = 200
"""Deliveries that a finding leads to."""
SOURCES: Final = {
    "dns": "a DNS answer",
    "wire": "the packets",
    "envelope": "the envelope",
    "smtp": "the SMTP dialogue",
    "log": "the mail log",
    "icmp": "an ICMP error",
    "conntrack": "connection tracking",
    "socket": "the socket table",
    "rules": "the firewall rules",
}
"""Witnesses, as a person calls them."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What is needed to tell any finding of a report."""

    report: Report
    clock: Clock
    ties: Ties
    advice: Mapping[str, str]
    places: Places
    several_vantages: bool

    def in_full(self, finding: Finding, number: int, *, is_open: bool) -> Element:
        """Tell a finding with its drawings."""
        tied = self.ties.of(finding)
        return element(
            "details",
            element("summary", self._head(finding)),
            element(
                "div",
                self._records(finding),
                self._drawings(finding, tied),
                self._consequences(finding),
                self._commands(finding),
                self._deliveries(tied),
                element("p", f"{finding.code} {identity(finding)}", class_="identity mono"),
                class_="body",
            ),
            id=f"f{number}",
            open=is_open,
            **_marks(finding, "finding"),
        )

    def in_short(self, finding: Finding, number: int) -> Element:
        """Tell a finding without drawings."""
        return element(
            "details",
            element("summary", self._head(finding)),
            element("div", self._evidence(finding), self._consequences(finding), class_="body"),
            id=f"f{number}",
            **_marks(finding, "finding short"),
        )

    def _head(self, finding: Finding) -> list[Node]:
        client = element("span", f"client {finding.client}", class_="quiet") if finding.client else ""
        meta = element("span", grade(finding), " ", moment(finding.at, self.clock), " ", client, class_="meta")
        return [meta, element("h4", sentence(finding.summary))]

    def _records(self, finding: Finding) -> Element | None:
        """Set side by side what cannot both be so, or what the finding begins and ends with."""
        set_against = rivals(finding)
        if set_against is not None:
            meant, seen = set_against
            return element("div", _card("What was meant", meant), _card(SEEN, seen), class_="records")
        apart = _apart(finding)
        pair = apart or [*finding.evidence[:1], *finding.evidence[1:][-1:]]
        titles = [_from(e) for e in apart] or (["First", "Then"] if len(pair) > 1 else [SEEN])
        boxes = [
            _box(title, element("p", e.text, class_="said"), self._place(e))
            for title, e in zip(titles, pair, strict=False)
        ]
        someone = finding.intended or finding.observed
        if len(boxes) == 1 and someone is not None:
            boxes.insert(0, _card("It is about", someone))
        return element("div", boxes, class_="records") if len(boxes) > 1 else None

    def _drawings(self, finding: Finding, tied: Tied) -> Element | None:
        """Draw the way and the packets, and beside them say what it rests on."""
        played = scene(tied.connections, tied.lookups, finding)
        if played is None:
            return self._evidence(finding)
        drawn = tied.connections[: MOST_DRAWN if len(tied.connections) == MOST_DRAWN else 1]
        ways = [draw_way(way_of_connection(connection, finding)) for connection in drawn]
        ways = ways or [draw_way(way_of_lookup(tied.lookups[0], finding))]
        others = len(tied.connections) - len(drawn)
        more = element("p", f"It rests on {count(others, 'more connection')}.", class_="quiet") if others > 0 else None
        second = scene(drawn[1:], (), finding)
        other = (
            element("details", element("summary", "The other connection"), draw_sequence(second, self.clock))
            if second
            else None
        )
        left = element("div", ways, self._evidence(finding), more)
        right = element("div", draw_sequence(played, self.clock), other)
        return element("div", left, right, class_="drawings")

    def _evidence(self, finding: Finding) -> Element | None:
        told = [element("li", e.text, " ", self._place(e)) for e in finding.evidence[:MOST_RECORDS]]
        more = len(finding.evidence) - len(told)
        if more:
            told.append(element("li", f"and {count(more, 'more record')}", class_="quiet"))
        return element("div", element("h5", "It rests on"), element("ul", told), class_="evidence") if told else None

    def _place(self, record: Evidence) -> Element | None:
        words = []
        if record.frames and self.places.several(record.vantage):
            found = self.places.files(record.vantage, record.frames).items()
            words.append("; ".join(f"{PurePath(p).name} {frames_words(each, MOST_RANGES)}" for p, each in found))
        elif record.frames:
            words.append(frames_words(record.frames, MOST_RANGES))
        if record.vantage and (self.several_vantages or not record.frames):
            words.append(f"at {record.vantage}")
        if record.source:
            words.append(record.source + ("" if record.line is None else f" line {record.line}"))
        return element("span", " ".join(words), class_="where mono") if words else None

    def _consequences(self, finding: Finding) -> Element:
        label, words = outlook(finding.blame)
        advice = self.advice.get(finding.code)
        return element(
            "div",
            _box(label.capitalize(), element("p", words), None) if words else None,
            _box("What to do", [element("p", part) for part in _paragraphs(advice)], None) if advice else None,
            listed("Still possible", finding.still_possible, "h5"),
            listed("What would settle it", finding.settled_by, "h5"),
            class_="consequences",
        )

    def _commands(self, finding: Finding) -> Element | None:
        commands = [element("pre", element("code", words)) for words, _ in tshark_commands(self.report, [finding])]
        return (
            element("div", element("h5", "These frames in tshark"), commands, class_="commands") if commands else None
        )

    def _deliveries(self, tied: Tied) -> Element | None:
        numbers = tied.deliveries[:MOST_DELIVERIES]
        if not numbers:
            return None
        words = f"Show the {count(len(tied.deliveries), 'delivery', 'deliveries')} that it concerns"
        places = " ".join(map(str, numbers))
        return element("p", element("button", words, type="button", class_="link", data_deliveries=places, hidden=True))


def _from(record: Evidence) -> str:
    return f"In {record.source}" if record.vantage is None else f"At {record.vantage}"


def _apart(finding: Finding) -> list[Evidence]:
    """Give the first two records that come from different places; none where all come from one."""
    first: dict[str | None, Evidence] = {}
    for record in finding.evidence:
        first.setdefault(record.vantage or record.source, record)
    return list(first.values())[:2] if len(first) > 1 else []


def _marks(finding: Finding, name: str) -> dict[str, str]:
    return {"class_": f"{name} {finding.severity}", "data_severity": finding.severity.value}


def _card(title: str, someone: Party) -> Element:
    said = party(someone) or "nobody"
    sources = [SOURCES.get(source, source) for source in someone.source]
    who = f"according to {' and '.join(sources)}" if sources else ""
    return _box(title, element("p", said, class_="said mono"), element("p", who, class_="quiet") if who else None)


def _box(title: str, said: Element | list[Element], source: Element | None) -> Element:
    return element("div", element("h5", title), said, source, class_="box")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield " ".join(paragraph.replace("``", "").split())
