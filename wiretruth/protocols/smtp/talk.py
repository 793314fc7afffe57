"""A dialogue of the usual shape while it goes on: its few lines are kept as they are, and message text is only measured.

As soon as anything unusual is said, what was kept is told to who reads dialogues at length, and nothing is lost.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from wiretruth.model.frames import Mark
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.faultless import Facts, Shape, greets, introduces
from wiretruth.protocols.smtp.text import TextMeter

MAX_TURNS = 400
"""Turns kept of one dialogue: a hundred recipients, one by one, and what is said about them."""

MAX_OCTETS = 8192
"""Octets kept beside message text: as many recipients, and the replies to them."""

MAX_MARKS = 1000
"""Segments of which it is kept when they came: more than such a dialogue comes in."""

MAX_RECALLED = 4096
"""As in ``flow.reassembly``: octets of the last segment of a side."""

_FINAL_DOT = 3
"""Octets of the line that ends a text."""

Marks = Sequence[tuple[int, int]]
"""When, and in which frame."""


class Turn(NamedTuple):
    """What one side said until the other did."""

    octets: bytes
    """Without the message text at its beginning."""
    ends: Sequence[int]
    """Where each segment ends in these; 0 for one that ends with the text."""
    marks: Marks
    measure: tuple[int, int] | None
    """Of the text, as ``TextMeter`` gives it."""


class Talk:
    """What both sides said, by turns; the server begins."""

    __slots__ = ("_introduced", "_marks", "_octets", "_shape", "_text", "_text_mark", "recalled", "turns")

    def __init__(self) -> None:
        """Begin before the greeting."""
        self.turns: list[Turn] = []
        self.recalled = [b"", b""]
        """The last segment of the server and of the client."""
        self._text: TextMeter | None = None
        """Message text that has not ended."""
        self._text_mark = (0, 0)
        """Of its last segment."""
        self._shape = Shape()
        self._introduced = False
        self._octets = self._marks = 0

    @classmethod
    def of(cls, turns: list[Turn], recalled: list[bytes]) -> "Talk":
        """Give one that is whole, to be told."""
        talk = cls()
        talk.turns, talk.recalled = turns, recalled
        return talk

    @property
    def crowded(self) -> bool:
        """Tell whether more was said than is kept of a dialogue of the usual shape."""
        return self._octets > MAX_OCTETS or self._marks > MAX_MARKS or len(self.turns) > MAX_TURNS

    def hear(self, from_client: bool, octets: bytes, ends: Sequence[int], marks: Marks) -> bool:
        """Take the next octets of a side, if the dialogue is of the usual shape as far as it is known; tell whether it is."""
        turns = self.turns
        if from_client != (len(turns) % 2 == 1):
            if self._text is not None or not turns:
                return False
            self._go_on(octets, ends, marks)
        elif self._text is not None:
            self._read_text(self._text, octets, ends, marks)
        elif from_client and not self._answered():
            return False
        elif from_client and self._shape.text_follows:
            self._text = TextMeter()
            self._read_text(self._text, octets, ends, marks)
        else:
            self._add(Turn(octets, ends, marks, None))
        self.recall(from_client, octets, ends)
        return True

    def recall(self, from_client: bool, octets: bytes, ends: Sequence[int]) -> None:
        """Remember the last segment of a side."""
        self.recalled[from_client] = (octets[ends[-2] :] if len(ends) > 1 else octets)[-MAX_RECALLED:]

    def finish(self) -> Facts | None:
        """Give what is asked of the dialogue if it is whole, and of the usual shape; nothing more is said."""
        turns = self.turns
        if len(turns) % 2 == 0 or self._text is not None or not self._answered() or not self._shape.whole:
            return None
        return Facts(
            tuple(self._shape.recipients), turns[0].octets, turns[2].octets, turns[1].octets.startswith(b"EHLO")
        )

    def tell(self, candidate: Candidate) -> None:
        """Tell everything to one who reads at length, and does not ask for digests."""
        tell(self.turns, candidate)
        if self._text is not None:
            raw, _ = self._text.measure
            candidate.pass_text(self._text, raw, Mark(*self._text_mark), ended=False)

    def _answered(self) -> bool:
        """Look at the last exchange, of which no more comes."""
        turns = self.turns
        if len(turns) == 1:
            return len(turns[0].ends) == 1 and greets(turns[0].octets)
        said, answer = turns[-2], turns[-1]
        if not self._introduced:
            self._introduced = introduces(said.octets, answer.octets)
            return self._introduced
        return self._shape.answered(said.octets, answer.octets, text=said.measure is not None)

    def _add(self, turn: Turn) -> None:
        self.turns.append(turn)
        self._octets += len(turn.octets)
        self._marks += len(turn.ends)

    def _go_on(self, octets: bytes, ends: Sequence[int], marks: Marks) -> None:
        """Add to the last turn, which a batch cut in two."""
        last = self.turns[-1]
        begin = len(last.octets)
        ends = [*last.ends, *(begin + end for end in ends)]
        self.turns[-1] = Turn(last.octets + octets, ends, [*last.marks, *marks], last.measure)
        self._octets += len(octets)
        self._marks += len(marks)

    def _read_text(self, text: TextMeter, octets: bytes, ends: Sequence[int], marks: Marks) -> None:
        end = text.read(octets, 0)
        if end is None:
            self._text_mark = marks[-1]
            return
        self._text = None
        first = bisect_left(ends, end)
        self._add(Turn(octets[end:], [place - end for place in ends[first:]], marks[first:], text.measure))


def tell(turns: Sequence[Turn], candidate: Candidate) -> None:
    """Tell turns to one who reads at length, and does not ask for digests."""
    for place, (octets, ends, marks, measure) in enumerate(turns):
        told = [Mark(*mark) for mark in marks]
        if measure is not None:
            candidate.pass_text(TextMeter.of(measure), measure[0] + _FINAL_DOT, told[0], ended=True)
        first = bool(measure is not None and not ends[0])
        if octets:
            candidate.receive_run(place % 2 == 1, octets, ends[first:], told[first:])
