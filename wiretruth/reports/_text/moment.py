"""What a story is made of."""

from typing import NamedTuple

from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, Piece, line


class Moment(NamedTuple):
    """One thing that happened in a story."""

    at: int
    pieces: list[Piece]
    inner: bool = True
    """Happened within a connection: told with an indent."""

    def line(self, clock: Clock) -> Line:
        """Tell it with its time."""
        return line(*self.pieces, lead=f"  {clock(self.at)}  {'  ' if self.inner else ''}")
