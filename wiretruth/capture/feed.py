"""What every capture format shares: pieces of any size in, batches out, one fault at most at the end."""

import abc
from collections.abc import Iterator
from typing import ClassVar

from wiretruth.capture.rows import Rows
from wiretruth.model.frames import Fault, FrameBatch, Interface

LARGEST_RECORD = 16 * 1024 * 1024
"""Most octets that one record or block may claim, as in Wireshark; what is carried from piece to piece stays below it."""

MAX_INTERFACES = 4096
"""Interfaces of one input: more than a host with a thousand containers has; a crafted file names one in 20 octets."""

MAX_FAULTS = 16
"""Faults kept of one input; the first of them explain the rest."""


class Feed(abc.ABC):
    """One capture file or stream. Damage ends it; what came before is kept."""

    format: ClassVar[str]
    """``pcap``, ``pcapng`` …: what the report calls it."""

    def __init__(self) -> None:
        self.cut_off = False
        """The input ended within a record (known after :meth:`finish`)."""
        self._rows = Rows()
        self._faults: list[Fault] = []
        self._known: list[Interface] = []
        self._interfaces: tuple[Interface, ...] = ()
        self._ended = False
        self._carry = bytearray()
        self._needed = 0
        self._base = 0
        self._number = 1

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """The interfaces known so far."""
        if len(self._interfaces) != len(self._known):
            self._interfaces = tuple(self._known)
        return self._interfaces

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Damage found so far, at most :data:`MAX_FAULTS`."""
        return tuple(self._faults)

    @property
    def kernel_drops(self) -> int | None:
        """Frames that the capturing host says it lost; ``None`` where the format does not say."""
        return None

    @property
    def ended(self) -> bool:
        """Damage made the rest unreadable: further octets are ignored."""
        return self._ended

    def receive(self, octets: bytes | bytearray | memoryview) -> Iterator[FrameBatch]:
        """Take the next piece and give its frames.

        Run the iterator to its end before the next call and before the piece is overwritten: the batches look into it.
        A record cut by the border of two pieces is joined alone, so that the rest of the piece is not copied.
        """
        piece = memoryview(octets)
        while self._carry and piece:
            missing = self._needed - len(self._carry)
            self._carry += piece[:missing]
            piece = piece[missing:]
            if len(self._carry) < self._needed:
                return
            joint, self._carry = self._carry, bytearray()
            yield from self._read(memoryview(joint))
        if piece:
            yield from self._read(piece)

    def finish(self) -> None:
        """Tell that the input has ended; a record that is still incomplete makes it cut off."""
        if self._carry and not self._ended:
            self.cut_off = True
            expected = f"{self._needed} octets"
            self._end(Fault(self._place(), self._base, expected, f"end of input after {len(self._carry)} octets"))
            self._carry = bytearray()

    def _read(self, octets: memoryview) -> Iterator[FrameBatch]:
        position = needed = 0
        while not (needed or self._ended):
            position, needed = self._walk(octets, position)
            if self._rows:
                yield self._batch(octets)
        if not self._ended:
            self._carry += octets[position:]
            self._needed = needed
            self._base += position

    def _batch(self, octets: memoryview) -> FrameBatch:
        rows, self._rows = self._rows, Rows()
        number = self._number
        self._number += len(rows)
        return rows.batch(octets, self.interfaces, number)

    def _end(self, fault: Fault) -> None:
        self._note(fault)
        self._ended = True

    def _note(self, fault: Fault) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(fault)

    @abc.abstractmethod
    def _walk(self, octets: memoryview, position: int) -> tuple[int, int]:
        """Fill the rows from *position* on.

        Returns:
            Where the first record not taken begins, and how many octets from there on the walk needs before it can go
            on: 0 where only the batch is complete, or where damage has ended the feed.
        """

    @abc.abstractmethod
    def _place(self) -> str:
        """Name what is being read, for the fault of an input that is cut off."""
