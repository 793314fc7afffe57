"""Where a fact was seen: vantages, frames, and the batches in which frames arrive."""

from array import array
from dataclasses import dataclass
from typing import NamedTuple

NANOSECONDS = 1_000_000_000
"""Nanoseconds in a second: every time in wiretruth is an integer of nanoseconds since the Unix epoch."""


class FrameRef(NamedTuple):
    """One frame of one input, as tshark would number it."""

    vantage: str
    """Label of the vantage that saw it."""
    number: int
    """Counts from 1 within the input; where that is several files, :class:`~wiretruth.model.files.Files` says which."""


class Mark(NamedTuple):
    """A moment on the wire: when, and in which frame of the vantage at hand."""

    at: int
    """Nanoseconds since the Unix epoch."""
    frame: int
    """Frame number within the input, from 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Damage in an input, kept as a value: what came before it is still used."""

    where: str
    """The part of the format that is damaged, e.g. ``pcap record header`` or ``ipv4 options``."""
    offset: int
    """Octets from the start of what was being read: the file for a format, the frame for a header."""
    expected: str
    """What the format demands there."""
    got: str
    """What was found, printable."""
    frame: int | None = None
    """Frame number, where the damage lies inside one frame."""


@dataclass(frozen=True, slots=True)
class Interface:
    """An interface as a capture file describes it; a file without descriptions has exactly one."""

    name: str | None
    """As the capturing host named it; ``None`` where the format does not say."""
    link_type: int
    """LINKTYPE number (tcpdump.org/linktypes.html)."""
    snap_length: int
    """Largest number of octets kept of a frame; 0 for no limit."""
    section: int = 0
    """Counts the sections of a pcapng file, each of which describes its own interfaces."""


@dataclass(frozen=True, slots=True)
class FrameBatch:
    """Consecutive frames of one input: one buffer and a column for each fact, row *i* being one frame.

    The columns are ``array.array`` so that numpy can look at them without a copy.
    """

    buffer: bytes | bytearray | memoryview
    """Holds the captured octets of every row; must not be kept beyond the handling of the batch."""
    offsets: "array[int]"
    """``'q'``: where row *i* begins in :attr:`buffer`."""
    captured: "array[int]"
    """``'q'``: octets kept of row *i*."""
    original: "array[int]"
    """``'q'``: octets that row *i* had on the wire."""
    times: "array[int]"
    """``'q'``: nanoseconds since the Unix epoch."""
    interface: "array[int]"
    """``'q'``: index of row *i* in :attr:`interfaces`."""
    interfaces: tuple[Interface, ...]
    """The interfaces known so far in this input."""
    first_number: int
    """Frame number of row 0; row *i* is ``first_number + i``."""

    def __len__(self) -> int:
        return len(self.offsets)

    def part(self, begin: int, end: int) -> "FrameBatch":
        """Give the rows from *begin* up to *end* as a batch of their own, over the same buffer."""
        return FrameBatch(
            self.buffer,
            self.offsets[begin:end],
            self.captured[begin:end],
            self.original[begin:end],
            self.times[begin:end],
            self.interface[begin:end],
            self.interfaces,
            self.first_number + begin,
        )


@dataclass(frozen=True, slots=True)
class Vantage:
    """One place where packets were seen: an input, or one interface of it."""

    label: str
    """Unique in a report: the label of the input, with ``#interface`` behind it where the input has several."""
    path: str
    """The input as the user named it."""
    interface: str | None = None
    """Name or index of the interface, where the input tells several apart."""
