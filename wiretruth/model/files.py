"""One input in several files: which frame of the input stands where."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class FileFrame(NamedTuple):
    """A frame as tshark numbers it."""

    path: str
    number: int
    """Counts from 1 within the file."""


def _column() -> "array[int]":
    return array("q")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one input, and the stretches of frames that stand together in one of them.

    Files that do not overlap in time have one stretch each. A stretch goes on until the next one begins.
    """

    paths: tuple[str, ...]
    """In the order of their first frames; those without a frame come last."""
    firsts: "array[int]" = field(default_factory=_column)
    """``'q'``: number of the first frame of each stretch within the input, ascending."""
    files: "array[int]" = field(default_factory=_column)
    """``'q'``: index of its file."""
    numbers: "array[int]" = field(default_factory=_column)
    """``'q'``: number of its first frame within the file."""

    def add(self, first: int, file: int, number: int) -> None:
        """Tell where frame *first* of the input stands; the frames before it have been told."""
        if self.firsts and self.files[-1] == file and self.numbers[-1] - self.firsts[-1] == number - first:
            return
        self.firsts.append(first)
        self.files.append(file)
        self.numbers.append(number)

    def locate(self, number: int) -> FileFrame:
        """Tell where a frame of the input stands.

        Args:
            number: of a frame of the input, from 1.
        """
        place = bisect_right(self.firsts, number) - 1
        if place < 0:
            return FileFrame(self.paths[0], number)
        return FileFrame(self.paths[self.files[place]], self.numbers[place] + number - self.firsts[place])

    def apart(self, numbers: Iterable[int]) -> dict[str, list[int]]:
        """Give frames of the input by file, as tshark numbers them there."""
        found: dict[str, list[int]] = {}
        for number in numbers:
            path, within = self.locate(number)
            found.setdefault(path, []).append(within)
        return found

    def begins(self) -> dict[str, int]:
        """Give the number, within the input, of the first frame of each file that has one."""
        found: dict[str, int] = {}
        for first, file in zip(self.firsts, self.files, strict=True):
            found.setdefault(self.paths[file], first)
        return found
