"""What every compression shares: slices of bounded size in, pieces of bounded size out."""

import abc
from collections.abc import Iterator
from typing import ClassVar

from wiretruth.model.frames import Fault

PIECE = 1024 * 1024
"""What the expansion of one step may reach, however it was crafted."""

GATHERED = 4 * PIECE
"""Octets gathered before they are handed on: frames are read by the thousand, or not fast."""


class Decompressor(abc.ABC):
    """One compressed file or stream. Damage ends it; what came before is kept."""

    name: ClassVar[str]
    """``gzip``, ``zstd`` …: what stands behind ``+`` in a report."""
    remedy: ClassVar[str] = ""
    """What to do where a module that it needs is missing, without a full stop."""
    slice_size: ClassVar[int]
    """Compressed octets expanded in one step."""

    def __init__(self) -> None:
        self.cut_off = False
        """The input ended within a compressed member (known after :meth:`finish`)."""
        self.ended = False
        """Damage made the rest unreadable: further octets are ignored."""
        self.faults: tuple[Fault, ...] = ()
        """At most one; offsets count compressed octets."""
        self._position = 0

    def receive(self, octets: bytes | bytearray | memoryview) -> Iterator[bytes]:
        """Take the next piece and give what it expands to, about :data:`GATHERED` at a time."""
        view = memoryview(octets)
        pieces: list[bytes] = []
        size = 0
        for begin in range(0, len(view), self.slice_size):
            compressed = bytes(view[begin : begin + self.slice_size])
            for piece in self._expand(compressed):
                pieces.append(piece)
                size += len(piece)
                if size >= GATHERED:
                    yield b"".join(pieces)
                    pieces, size = [], 0
            self._position += len(compressed)
            if self.ended:
                break
        if pieces:
            yield b"".join(pieces)

    def finish(self) -> None:
        """Tell that the input has ended."""
        if not self.ended and self._within():
            self.cut_off = True
            self._end(self._position, "the end of the compressed data", "end of input")

    def _end(self, offset: int, expected: str, got: str) -> None:
        self.ended = True
        self.faults = (Fault(f"{self.name} data", offset, expected, got),)

    @abc.abstractmethod
    def _expand(self, compressed: bytes) -> Iterator[bytes]:
        """Expand one slice, in pieces whose size has a bound."""

    @abc.abstractmethod
    def _within(self) -> bool:
        """Tell whether a member has begun and not ended."""
