"""A dialogue of the usual shape while it goes on: its few lines are kept as they are, and message text is only measured.

As soon as anything unusual is said, what was kept is told to who reads dialogues at length, and nothing is lost.
"""

from bisect import bisect_left
from collections.abc import Sequence

from wiretruth.model.frames import Mark
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.faultless import TEXT, Facts, facts, text_follows
from wiretruth.protocols.smtp.text import TextMeter

MAX_OCTETS = 8192
"""Octets kept beside message text: as many recipients, and the replies to them."""

MAX_MARKS = 1000
"""Segments of which it is kept when they came: more than such a dialogue comes in."""

MAX_RECALLED = 4096
"""As in ``flow.reassembly``: octets of the last segment of a side."""

_DATA = b"DATA\r\n"
_FINAL_DOT = 3
"""Octets of the line that ends a text."""

Marks = Sequence[tuple[int, int]]
"""When, and in which frame."""


Turn = tuple[bytes, Sequence[int], Marks, tuple[int, int] | None]
"""What one side said until the other did: octets without message text at their beginning; where each segment ends in these, 0
for one that ends with the text; the marks of the segments; and the measure of the text, as ``TextMeter`` gives it."""


class Talk:
    """What both sides said, by turns; the server begins."""

    __slots__ = ("_marks", "_octets", "_text", "_text_mark", "recalled", "turns")

    def __init__(self) -> None:
        """Begin before the greeting."""
        self.turns: list[Turn] = []
        self.recalled = [b"", b""]
        """The last segment of the server and of the client."""
        self._text: TextMeter | None = None
        """Message text that has not ended."""
        self._text_mark = (0, 0)
        """Of its last segment."""
        self._octets = self._marks = 0

    @classmethod
    def of(cls, turns: list[Turn], recalled: list[bytes]) -> "Talk":
        """Give one that is whole, to be told."""
        talk = cls()
        talk.turns, talk.recalled = turns, recalled
        return talk

    def hear(self, from_client: bool, octets: bytes, ends: Sequence[int], marks: Marks) -> bool:
        """Take the next octets of a side, if nothing speaks against the usual shape; tell whether they were taken."""
        turns = self.turns
        if from_client != len(turns) % 2:
            if self._text is not None or not turns or not self._has_room(octets):
                return False
            self._go_on(octets, ends, marks)
        elif self._text is not None:
            self._read_text(self._text, octets, ends, marks)
        elif from_client and len(turns) > 2 and turns[-2][0].endswith(_DATA):  # noqa: PLR2004 - behind the greeting
            if not text_follows(*self._sides()):
                return False
            self._text = TextMeter()
            self._read_text(self._text, octets, ends, marks)
        elif not self._has_room(octets):
            return False
        else:
            turns.append((octets, ends, marks, None))
            self._octets += len(octets)
            self._marks += len(ends)
        if len(ends) == 1 and len(octets) <= MAX_RECALLED:
            self.recalled[from_client] = octets
        else:
            self.recall(from_client, octets, ends)
        return True

    def _has_room(self, octets: bytes) -> bool:
        return self._octets + len(octets) <= MAX_OCTETS and self._marks <= MAX_MARKS

    def recall(self, from_client: bool, octets: bytes, ends: Sequence[int]) -> None:
        """Remember the last segment of a side."""
        self.recalled[from_client] = (octets[ends[-2] :] if len(ends) > 1 else octets)[-MAX_RECALLED:]

    def finish(self) -> Facts | None:
        """Give what is asked of the dialogue if it is whole, and of the usual shape; nothing more is said."""
        turns = self.turns
        return facts(*self._sides()) if turns and self._text is None and len(turns[0][1]) == 1 else None

    def tell(self, candidate: Candidate) -> None:
        """Tell everything to one who reads at length, and does not ask for digests."""
        tell(self.turns, candidate)
        if self._text is not None:
            raw, _ = self._text.measure
            candidate.pass_text(self._text, raw, Mark(*self._text_mark), ended=False)

    def _sides(self) -> tuple[list[bytes], list[bytes]]:
        """Give what the client said, with a sign for message text, and what the server did."""
        turns = self.turns
        said = [octets if measure is None else TEXT + octets for octets, _, _, measure in turns[1::2]]
        return said, [turn[0] for turn in turns[::2]]

    def _go_on(self, octets: bytes, ends: Sequence[int], marks: Marks) -> None:
        """Add to the last turn, which a batch cut in two."""
        before, bounds, known, measure = self.turns[-1]
        begin = len(before)
        self.turns[-1] = before + octets, [*bounds, *(begin + end for end in ends)], [*known, *marks], measure
        self._octets += len(octets)
        self._marks += len(marks)

    def _read_text(self, text: TextMeter, octets: bytes, ends: Sequence[int], marks: Marks) -> None:
        end = text.read(octets, 0)
        if end is None:
            self._text_mark = marks[-1]
            return
        self._text = None
        first = bisect_left(ends, end)
        self.turns.append((octets[end:], [place - end for place in ends[first:]], marks[first:], text.measure))
        self._octets += len(octets) - end
        self._marks += len(ends) - first


def tell(turns: Sequence[Turn], candidate: Candidate) -> None:
    """Tell turns to one who reads at length, and does not ask for digests."""
    for place, (octets, ends, marks, measure) in enumerate(turns):
        told = [Mark(*mark) for mark in marks]
        if measure is not None:
            candidate.pass_text(TextMeter.of(measure), measure[0] + _FINAL_DOT, told[0], ended=True)
        first = bool(measure is not None and not ends[0])
        if octets:
            candidate.receive_run(place % 2 == 1, octets, ends[first:], told[first:])
