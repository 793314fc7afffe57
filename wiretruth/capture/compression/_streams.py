"""What the libraries for xz, bzip2 and lz4 share: an object a stream, asked for a bounded number of octets at a time."""

import abc
from collections.abc import Iterator
from typing import ClassVar, Protocol

from wiretruth.capture.decompressor import PIECE, Decompressor
from wiretruth.octets import printable


class Stream(Protocol):
    """One stream, as ``lzma.LZMADecompressor`` and the others have it."""

    @property
    def eof(self) -> bool:
        """The stream has ended."""

    @property
    def needs_input(self) -> bool:
        """All octets that can be given so far have been given."""

    @property
    def unused_data(self) -> bytes | None:
        """What stands behind the stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take *data* and give at most *max_length* octets."""


class StreamDecompressor(Decompressor):
    """Expands one stream or several behind each other; zeros behind a stream are padding, anything else is a fault.

    The libraries give nothing of a step in which they find damage: the slice is small.
    """

    slice_size = 256
    openings: ClassVar[bytes]
    """Octets with which a stream may begin."""

    def __init__(self, damage: type[Exception]) -> None:
        """Begin before the first stream; *damage* is what the library raises."""
        super().__init__()
        self._damage = damage
        self._stream: Stream | None = None
        self._begun = False

    @abc.abstractmethod
    def _open(self) -> Stream:
        """Begin a stream."""

    def _expand(self, compressed: bytes) -> Iterator[bytes]:
        rest = compressed
        while rest and not self.ended:
            if self._stream is None:
                rest = rest.lstrip(b"\0") if self._begun else rest
                if not rest:
                    return
                if rest[0] not in self.openings:
                    offset = self._position + len(compressed) - len(rest)
                    self._end(offset, "another stream or the end", printable(rest, 16))
                    return
                self._stream, self._begun = self._open(), True
            yield from self._stream_octets(self._stream, rest, self._position + len(compressed) - len(rest))
            if not self._stream.eof:
                return
            rest, self._stream = self._stream.unused_data or b"", None

    def _stream_octets(self, stream: Stream, rest: bytes, offset: int) -> Iterator[bytes]:
        """Expand *rest*, which begins at *offset* of the input, as far as the stream goes."""
        pending = True
        while pending:
            try:
                octets = stream.decompress(rest, PIECE)
            except self._damage as error:
                self._end(offset, f"sound {self.name} data", printable(str(error).encode()))
                return
            rest = b""
            pending = not (stream.eof or stream.needs_input)
            if octets:
                yield octets

    def _within(self) -> bool:
        return self._stream is not None
