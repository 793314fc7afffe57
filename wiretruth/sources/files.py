"""A capture file, or a capture on standard input, as batches of frames."""

from collections.abc import Iterator
from itertools import chain
from typing import Self

from wiretruth.capture.decompressor import Decompressor
from wiretruth.capture.feed import Feed
from wiretruth.capture.foreign import describe
from wiretruth.capture.recognition import HEAD, LEAST, feed_for
from wiretruth.errors import InputError, WrongKindError
from wiretruth.model.frames import Fault, FrameBatch, Interface
from wiretruth.sources.blocks import BLOCK, BlockReader
from wiretruth.sources.expanding import expanded, expander


class CaptureSource:
    """One input. Opening it tells whether it is a capture; reading it fills in the rest of the facts."""

    def __init__(self, path: str, block: int = BLOCK) -> None:
        """Open *path* (``-`` for standard input) and recognise it.

        Args:
            path: as the user named it.
            block: most octets read at once.

        Raises:
            InputError: it cannot be opened, is empty, or is no capture that wiretruth reads.
        """
        self.path = path
        self._reader = BlockReader(path, max(block, LEAST))
        try:
            self._decompressor, self._pieces, self._feed = self._recognise()
        except BaseException:
            self._reader.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def format(self) -> str:
        """``pcap``, ``pcapng``, ``snoop`` …, with ``+gzip``, ``+xz`` … behind it where compressed."""
        return self._feed.format + (f"+{self._decompressor.name}" if self._decompressor else "")

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """The interfaces known so far."""
        return self._feed.interfaces

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Damage found so far; the offsets of the format's own faults count what the compression gave."""
        compression = self._decompressor.faults if self._decompressor else ()
        device = (self._reader.fault,) if self._reader.fault else ()
        return device + compression + self._feed.faults

    @property
    def cut_off(self) -> bool:
        """The input ended before its last packet did."""
        return self._feed.cut_off or bool(self._reader.fault) or bool(self._decompressor and self._decompressor.cut_off)

    @property
    def kernel_drops(self) -> int | None:
        """Frames that the capturing host says it lost; ``None`` where the format does not say."""
        return self._feed.kernel_drops

    @property
    def octets_read(self) -> int:
        """Octets read so far, before any decompression."""
        return self._reader.octets_read

    @property
    def total(self) -> int | None:
        """Octets of the whole file, before any decompression; ``None`` for standard input, a pipe or a device."""
        return self._reader.total

    def batches(self) -> Iterator[FrameBatch]:
        """Read the input once, to its end or to damage; each batch is valid until the next one is asked for."""
        try:
            for piece in self._pieces:
                yield from self._feed.receive(piece)
                if self._feed.ended:
                    return
            self._feed.finish()
        finally:
            self.close()

    def close(self) -> None:
        """Close the file; :meth:`batches` does so at its end."""
        self._reader.close()

    def _recognise(self) -> tuple[Decompressor | None, Iterator[bytes | memoryview], Feed]:
        block = self._reader.read(LEAST)
        if not block:
            remedy = "capture again and end tcpdump with Ctrl-C; with -U it writes each packet at once"
            raise InputError(self.path, "is empty: not even a file header was written", remedy)
        decompressor = expander(self.path, bytes(block[:HEAD]))
        pieces = expanded(self._reader, block, decompressor)
        first = next(pieces, b"")
        while len(first) < LEAST:
            copied = bytes(first)  # the next block overwrites it
            more = next(pieces, None)
            if more is None:
                break
            first = copied + bytes(more)
        head = bytes(first[:HEAD])
        feed = feed_for(head)
        if feed is None:
            raise self._unknown(head, decompressor)
        return decompressor, chain((first,), pieces), feed

    def _unknown(self, head: bytes, decompressor: Decompressor | None) -> InputError:
        if decompressor is None:
            return WrongKindError(self.path, *describe(head, self.path))
        if not head:
            fault = next(iter(decompressor.faults), None)
            what = f"damaged: {fault.got} at octet {fault.offset}" if fault else "empty"
            return InputError(self.path, f"is {what} (inside {decompressor.name})", "copy or capture it again")
        problem, remedy = describe(head, "-")
        return WrongKindError(
            self.path, f"{problem} (inside {decompressor.name})", f"decompress it first, then {remedy}"
        )
