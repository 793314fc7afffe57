"""Where the lifelines of a scene stand, and their names above them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from wiretruth.reports._html.element import Element, Node, element
from wiretruth.reports._html.scene import Lane
from wiretruth.reports._html.shorten import shortened

LEFT: Final = 17.0
"""Per cent of the width before the first lifeline: moments stand there."""
RIGHT: Final = 89.0
"""Per cent where the last lifeline is; frame numbers stand behind it."""
ASIDE: Final = 0.5
"""Share of the width between client and server that a resolver beside them takes."""
NAMES: Final = 56
"""Pixels above the first name of a vantage: names and addresses of the hosts stand there."""
LINE: Final = 13
ROWS: Final = 3
"""Names of vantages stand in turns above each other: they are wider than their lifelines are apart."""
NAME: Final = 12
"""Characters of a vantage's name."""
ADDRESS: Final = 24
"""Characters of an address: two of them above a telephone's width."""


class Lifelines:
    """Knows the place of each lane, in per cents of the width."""

    def __init__(self, lanes: tuple[Lane, ...]) -> None:
        self.lanes = lanes
        self._hosts = [n for n, lane in enumerate(lanes) if lane.address is not None]
        places = max(sum(lane.address is None for lane in lanes) + 1, 2)
        widths = [places * ASIDE if a.address and b.address else 1.0 for a, b in pairwise(lanes)]
        whole = sum(widths) or 1.0
        self.top = NAMES + LINE * min(places - 1, ROWS)
        """Pixels from which on packets are drawn."""
        self._at = [LEFT + (RIGHT - LEFT) * sum(widths[:n]) / whole for n in range(len(lanes))]

    def x(self, lane: float) -> float:
        """Give the place of a lane, or of a point between two."""
        left = int(lane)
        right = min(left + 1, len(self._at) - 1)
        return round(self._at[left] + (self._at[right] - self._at[left]) * (lane - left), 2)

    def share(self, low: float, high: float) -> float:
        """Give how much of the drawing lies between two lanes, 0.0 to 1.0."""
        return (self.x(high) - self.x(low)) / (RIGHT - LEFT)

    def drawn(self, bottom: float) -> Iterator[Node]:
        """Draw them all, down to *bottom*."""
        places = 0
        for number, lane in enumerate(self.lanes):
            x, is_place = f"{self.x(number)}%", lane.address is None
            name = "lane place" if is_place else "lane"
            yield element("line", x1=x, y1=self.top - 4, x2=x, y2=round(bottom), class_=name)
            if is_place:
                y = NAMES + LINE * (places % ROWS)
                places += 1
                yield element("text", titled(lane.name, NAME), x=x, y=y, text_anchor="middle", class_="who place")
            else:
                yield from self._host(number, lane, x)

    def _host(self, number: int, lane: Lane, x: str) -> Iterator[Element]:
        first, last = number == self._hosts[0], number == self._hosts[-1]
        anchor = "start" if first else "end" if last else "middle"
        x = "0%" if first else "100%" if last else x
        row = 39 if not first and not last else 26
        yield element("text", lane.name, x=x, y=12, text_anchor=anchor, class_="who")
        yield element("text", titled(lane.address or "", ADDRESS), x=x, y=row, text_anchor=anchor, class_="address")


def titled(words: str, longest: int) -> list[Node]:
    """Give text for a drawing, with all of it to be had by pointing at it where it is cut."""
    short = shortened(words, longest)
    return [short] if short == words else [element("title", words), short]
