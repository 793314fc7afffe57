"""Small things that stand everywhere on the page: words with a meaning, moments, grades."""

from collections.abc import Iterable
from typing import Final

from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.finding import Finding
from wiretruth.reports._html.element import Element, Node, element
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, Piece
from wiretruth.reports._text.style import BAD, DOUBTFUL, GOOD, QUIET
from wiretruth.reports._words import FIRST_SECOND, LAST_SECOND

CLASSES: Final = {GOOD: "good", BAD: "bad", DOUBTFUL: "doubtful", QUIET: "quiet", "bold": "strong"}
"""The text report's styles, as classes."""
TONES: Final = {
    DeliveryOutcome.ACCEPTED: "good",
    DeliveryOutcome.DEFERRED: "doubtful",
    DeliveryOutcome.REJECTED: "bad",
    DeliveryOutcome.UNKNOWN: "quiet",
}
_MILLISECOND: Final = 1_000_000


def spans(pieces: Iterable[Piece]) -> list[Node]:
    """Give pieces of text, those with a meaning in an element of their own."""
    pairs = ((p, "") if isinstance(p, str) else p for p in pieces)
    return [_span(words, style) for words, style in pairs if words]


def pieces_of(line: Line) -> list[Piece]:
    """Take a line of the text report apart again, without its lead."""
    pieces: list[Piece] = []
    place, plain = 0, line.body.plain
    for span in sorted(line.body.spans, key=lambda s: s.start):
        pieces += (plain[place : span.start], (plain[span.start : span.end], str(span.style)))
        place = span.end
    return [*pieces, plain[place:]]


def moment(at: int, clock: Clock) -> Element:
    """Give a moment as a person reads it."""
    return element("time", clock(at), class_="mono")


def milliseconds(at: int) -> int:
    """Give a moment in milliseconds since 1970, within the years that calendars have."""
    return min(max(at // _MILLISECOND, FIRST_SECOND * 1000), LAST_SECOND * 1000 + 999)


def grade(finding: Finding) -> Element:
    """Give severity and confidence of a finding."""
    return element(
        "span",
        element("b", finding.severity.value),
        " ",
        element("span", finding.confidence.value, class_="confidence"),
        class_=f"grade {finding.severity}",
    )


def sentence(words: str) -> str:
    """Begin with a capital, unless a name or an address stands there."""
    return words[:1].upper() + words[1:] if words.partition(" ")[0].isalpha() else words


def listed(title: str, items: Iterable[str], level: str = "h4") -> Element | None:
    """Give sentences under a title; nothing where there are none."""
    entries = [element("li", item) for item in items]
    return element("div", element(level, title), element("ul", entries), class_="notes") if entries else None


def _span(words: str, style: str) -> Node:
    name = CLASSES.get(style)
    return element("span", words, class_=name) if name else words
