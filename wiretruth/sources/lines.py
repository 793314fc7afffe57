"""A file of lines, compressed or not, or lines on standard input: read once, in flat memory."""

from collections.abc import Iterator
from typing import Self

from wiretruth.capture.recognition import HEAD
from wiretruth.errors import InputError
from wiretruth.sources.blocks import BlockReader
from wiretruth.sources.expanding import expanded, expander

LINE_BLOCK = 1 << 20
"""Octets read at once."""

LONGEST_LINE = 1 << 16
"""Octets kept of one line; what is beyond is passed over. No mail log has longer ones."""


class LineSource:
    """One input of lines."""

    def __init__(self, path: str, block: int = LINE_BLOCK, longest: int = LONGEST_LINE) -> None:
        """Open *path* (``-`` for standard input).

        Args:
            path: as the user named it.
            block: most octets read at once.
            longest: octets kept of one line.

        Raises:
            InputError: it cannot be opened.
        """
        self.path = path
        self._longest = longest
        self._reader = BlockReader(path, block)
        self.compression = ""
        """``gzip`` …, where it is compressed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._reader.close()

    @property
    def octets_read(self) -> int:
        """Octets read so far, before any decompression."""
        return self._reader.octets_read

    @property
    def total(self) -> int | None:
        """Octets of the whole file, before any decompression; ``None`` where nobody knows."""
        return self._reader.total

    def batches(self) -> Iterator[list[bytes]]:
        """Read the input once; give lines without their ends, some thousands at a time.

        Raises:
            InputError: it cannot be read, is compressed by something that is not installed, or its compression is damaged.
        """
        kept, over = b"", False
        for piece in self._plain():
            lines = (kept + bytes(piece)).split(b"\n")
            kept = lines.pop()
            if over and lines:
                del lines[0]  # the end of a line that was too long
                over = False
            if len(kept) > self._longest:
                if not over:
                    lines.append(kept[: self._longest])
                kept, over = b"", True
            yield [line[: self._longest].removesuffix(b"\r") for line in lines]
        if kept and not over:
            yield [kept.removesuffix(b"\r")]

    def _plain(self) -> Iterator[bytes | memoryview]:
        block = self._reader.read(HEAD)
        decompressor = expander(self.path, bytes(block[:HEAD]))
        self.compression = decompressor.name if decompressor else ""
        yield from expanded(self._reader, block, decompressor)
        if decompressor is not None and decompressor.faults:
            # What is missing would look like lines that nobody wrote.
            problem = f"is {'cut off' if decompressor.cut_off else 'damaged'} (inside {decompressor.name})"
            raise InputError(self.path, problem, "copy it again; what is lost in it cannot be held against anything")
