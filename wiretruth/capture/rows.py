"""The rows of a batch while it is being filled."""

from array import array

from wiretruth.model.frames import FrameBatch, Interface

LARGEST_BATCH = 16_384
"""Rows of one batch: enough to spread the cost of a batch over, few enough for its columns to stay in the cache."""


class Rows:
    """Five growing columns; lists while they grow, because appending to them is cheapest."""

    __slots__ = ("captured", "interface", "offsets", "original", "times")

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.captured: list[int] = []
        self.original: list[int] = []
        self.times: list[int] = []
        self.interface: list[int] = []
        """Empty where every row is of interface 0."""

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
            offsets=array("q", self.offsets),
            captured=array("q", self.captured),
            original=array("q", self.original),
            times=array("q", self.times),
            interface=array("q", self.interface) if self.interface else array("q", bytes(8 * len(self))),
            interfaces=interfaces,
            first_number=first_number,
        )
