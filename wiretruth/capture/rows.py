"""The rows of a batch while it is being filled."""

from array import array
from collections.abc import Callable

from wiretruth import discover
from wiretruth.model.frames import FrameBatch, Interface

LARGEST_BATCH = 32_768
"""Rows of one batch: enough to spread the cost of a batch over, few enough for its columns to stay in the cache."""

BIG = 128 * 1024
"""Octets of a piece from which on many chains may find its records faster than a loop."""

WORTH_LOADING = 2 * 1024 * 1024
"""Octets of a piece for which numpy, if it is not loaded yet, is loaded to do so."""

PROBE = 64
"""Records that the loop reads even then, to learn how long they are."""

PROVEN = 1024
"""Records that chains must prove to be worth their while; where they prove fewer, the loop reads four times as many before
they are tried again."""


class Rows:
    """Five growing columns; a batch takes them as they are."""

    __slots__ = ("captured", "interface", "offsets", "original", "probe", "times")

    def __init__(self) -> None:
        self.offsets = array("q")
        self.captured = array("q")
        self.original = array("q")
        self.times = array("q")
        self.interface = array("q")
        """Empty where every row is of interface 0."""
        self.probe = PROBE

    def __len__(self) -> int:
        return len(self.offsets)

    @property
    def room(self) -> int:
        """How many rows the batch can still take."""
        return LARGEST_BATCH - len(self.offsets)

    def append(self, offset: int, captured: int, original: int, time: int, interface: int) -> None:
        """Add one row; an original length below the captured one is raised to it."""
        self.offsets.append(offset)
        self.captured.append(captured)
        self.original.append(max(original, captured))
        self.times.append(time)
        self.interface.append(interface)

    def batch(self, buffer: memoryview, interfaces: tuple[Interface, ...], first_number: int) -> FrameBatch:
        """Make the batch of the rows so far."""
        return FrameBatch(
            buffer=buffer,
            offsets=self.offsets,
            captured=self.captured,
            original=self.original,
            times=self.times,
            interface=self.interface or array("q", bytes(8 * len(self))),
            interfaces=interfaces,
            first_number=first_number,
        )


def fill(
    rows: Rows, octets: memoryview, position: int, loop: Callable[[int, int], int], chains: Callable[[int], int]
) -> int:
    """Add the records from *position* on, as many as there is room for, by the loop and by chains in turns.

    Args:
        rows: what they are added to.
        octets: the piece.
        position: where a record begins.
        loop: adds records one by one from a position on, so many at most, and gives where it ended.
        chains: adds many at once.

    Returns:
        Where the first record begins that was not taken.
    """
    big = BIG if discover.loaded("numpy") else WORTH_LOADING
    while rows.room >= PROVEN and len(octets) - position >= big:
        begun, most = len(rows), min(rows.room, rows.probe)
        position = loop(position, most)
        probed = len(rows)
        if probed < begun + most:
            return position
        position = chains(position)
        if len(rows) < probed + PROVEN:
            rows.probe *= 4
    return loop(position, rows.room)
