"""The way, drawn from top to bottom: so it fits a telephone, and addresses have all the width."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from wiretruth.reports._html.element import Element, Node, element
from wiretruth.reports._html.shorten import shortened
from wiretruth.reports._html.way import Way, told

AXIS: Final = 14
"""Pixels from the left to the line."""
TEXT: Final = 34
LINE: Final = 18
"""Pixels from one line of text to the next."""
LINE_LENGTH: Final = 40
"""Characters of a line that can be wrapped."""
GAP: Final = 20
WIDTH: Final = 328
"""Pixels that a telephone shows."""
LETTER: Final = 7.25
"""Pixels of a letter."""
SMALL: Final = 6.3
"""Pixels of a small letter: so the longest address of IPv6 and a port still fit."""


def draw_way(way: Way) -> Element:
    """Draw a way."""
    pen = _Pen()
    pen.stop("start", [("client", "title"), (way.client, "address")])
    for number, place in enumerate(way.places):
        if way.meant is not None and number == way.meant_after:
            pen.branch(way.meant)
        lines = [(words, "title" if place.seen else "title lost") for words in wrap(place.title, LINE_LENGTH)]
        lines += [(words, "address changed" if changed else "address") for words, changed in place.lines]
        lines += [(words, "note") for words in wrap(place.note, LINE_LENGTH)]
        pen.stop("seen" if place.seen else "unseen", lines)
    end = f"the {way.asked} answered" if way.reached else "no answer seen"
    pen.stop(
        "end" if way.reached else "open", [(end, "title" if way.reached else "title lost"), (way.server, "address")]
    )
    drawn = pen.drawn()
    return element(
        "figure",
        element("figcaption", "The way"),
        element("svg", drawn, class_="way", width="100%", height=pen.height, role="img", aria_label=told(way)),
    )


class _Pen:
    """Puts one stop below the other."""

    def __init__(self) -> None:
        self._y = 12
        self._marks: list[Node] = []
        self._lines: list[Node] = []
        self._last: tuple[int, str] | None = None
        self._loose = False

    @property
    def height(self) -> int:
        return self._y - GAP + 6

    def stop(self, kind: str, lines: list[tuple[str, str]]) -> None:
        """Draw a stop with its words."""
        y = self._y
        if self._last is not None:
            before, kind_before = self._last
            lost = kind in ("open", "unseen") or kind_before == "unseen"
            self._lines.append(
                element("line", x1=AXIS, y1=before, x2=AXIS, y2=y, class_="track lost" if lost else "track")
            )
        self._marks.append(_mark(kind, y))
        self._marks += (_text(words, name, TEXT, y + 4 + LINE * n) for n, (words, name) in enumerate(lines))
        self._last = (y, kind)
        self._y += LINE * len(lines) + GAP

    def branch(self, meant: str) -> None:
        """Draw where the packets should have gone and did not."""
        y, x = self._y, TEXT + 8
        path = f"M{AXIS} {y - GAP} C{AXIS} {y} {AXIS + 8} {y} {x - 6} {y}"
        self._marks.append(element("path", d=path, class_="track lost"))
        self._marks.append(element("circle", cx=x, cy=y, r=4, class_="stop open"))
        self._marks.append(_text("meant for", "title lost", x + 14, y + 4))
        self._marks.append(_text(meant, "address", x + 14, y + 4 + LINE))
        self._y += 2 * LINE + GAP

    def drawn(self) -> Iterator[Node]:
        yield from self._lines
        yield from self._marks


def _mark(kind: str, y: int) -> Element:
    match kind:
        case "start" | "end":
            return element("circle", cx=AXIS, cy=y, r=6, class_="stop host")
        case "unseen":
            d = f"M{AXIS - 5} {y - 5} l10 10 m0 -10 l-10 10"
            return element("path", d=d, class_="stop cross")
        case _:
            return element("circle", cx=AXIS, cy=y, r=5, class_=f"stop {kind}")


def _text(words: str, name: str, x: int, y: int) -> Element:
    short = shortened(words, int((WIDTH - x) / SMALL))
    name = f"{name} small" if len(short) > int((WIDTH - x) / LETTER) else name
    title = element("title", words) if short != words else None
    return element("text", title, short, x=x, y=y, class_=name)
