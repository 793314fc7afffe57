"""Several files that are one input: their frames in the order of time, numbered through."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, Self

from wiretruth.errors import InputError
from wiretruth.model.files import Files
from wiretruth.model.frames import NANOSECONDS, Fault, FrameBatch, Interface
from wiretruth.sources.blocks import BLOCK, SMALLEST
from wiretruth.sources.files import CaptureSource

MAX_OPEN: Final = 64
"""Files of one input that are read at the same time: only those that overlap are, and a tap has a few."""

MAX_STRETCHES: Final = 4_000_000
"""Changes from one file to another: 24 octets each. Files that do not overlap have one each."""

SLACK: Final = NANOSECONDS // 100
"""How far one file of a rotation may reach into the next: a kernel with several queues hands packets over out of order."""

BREAK: Final = NANOSECONDS
"""Time between two files in which something may have passed unseen, where nothing proves that one goes on where the other
ended."""

_NEVER: Final = 1 << 63


class Part(NamedTuple):
    """One file of an input."""

    path: str
    first: int | None
    """Time of its first frame, in nanoseconds since the Unix epoch; ``None`` where it has none."""


class OverlapError(Exception):
    """Files that were taken for a rotation hold the same time, so they are captures of several places."""


class GapError(Exception):
    """A file ends in damage, and the next one begins later: what passed in between is not known."""


class JoinedSource:
    """One input in several files; it is read as a :class:`CaptureSource` is."""

    def __init__(self, path: str, parts: Sequence[Part], *, in_turn: bool = False, block: int = BLOCK) -> None:
        """Begin an input; each file is opened when its time comes.

        Args:
            path: how the input is called.
            parts: its files.
            in_turn: they are taken for a rotation: it is an error if they overlap.
            block: most octets read at once.
        """
        self.path = path
        self._parts = sorted(parts, key=lambda part: _NEVER if part.first is None else part.first)
        self._in_turn = in_turn
        self._block = block
        self._readers: list[_Reader] = []
        self._begun: list[_Reader] = []
        self._interfaces = _Interfaces()
        self._number = 1
        self.files = Files(tuple(part.path for part in self._parts))
        self.total: int | None = sum(Path(part.path).stat().st_size for part in parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def format(self) -> str:
        """The formats of the files, with a comma between them."""
        return ", ".join(dict.fromkeys(reader.source.format for reader in self._begun))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Damage of all files, each with the name of its file."""
        return tuple(_named(fault, reader.source.path) for reader in self._begun for fault in reader.source.faults)

    @property
    def cut_off(self) -> bool:
        """One of the files ended before its last packet did."""
        return any(reader.source.cut_off for reader in self._begun)

    @property
    def kernel_drops(self) -> int | None:
        """Frames that the capturing host says it lost, in all files that say so."""
        told = [drops for reader in self._begun if (drops := reader.source.kernel_drops) is not None]
        return sum(told) if told else None

    @property
    def octets_read(self) -> int:
        """Octets read so far, before any decompression."""
        return sum(reader.source.octets_read for reader in self._begun)

    def batches(self) -> Iterator[FrameBatch]:
        """Read all files once, merged by time; each batch is valid until the next one is asked for.

        Raises:
            OverlapError: they overlap, and should not.
            GapError: one of them does not go on to where the next one begins.
            InputError: a file cannot be read, or too many overlap.
        """
        try:
            self._open()
            while self._readers:
                first = min(self._readers, key=_Reader.at)
                yield self._merged(first, self._limit(first))
                if not first.more():
                    self._readers.remove(first)
                    self._refuse_gap(first)
                self._open()
        finally:
            self.close()

    def close(self) -> None:
        """Close the files."""
        for reader in self._readers:
            reader.source.close()

    def _open(self) -> None:
        """Open every file that begins before the next frame at hand, or the next one where none is at hand."""
        while len(self._begun) < len(self._parts):
            place = len(self._begun)
            first = self._parts[place].first
            if self._readers and (first is None or first > min(reader.at() for reader in self._readers)):
                return
            if len(self._readers) == MAX_OPEN:
                problem = f"is one of more than {MAX_OPEN} files of one label that hold the same time"
                raise InputError(self._parts[place].path, problem, "merge them with mergecap first")
            block = max(SMALLEST, self._block // (1 + len(self._readers)))
            reader = _Reader(CaptureSource(self._parts[place].path, block), place, self._border(place))
            self._begun.append(reader)
            if reader.more():
                self._readers.append(reader)

    def _refuse_gap(self, ended: "_Reader") -> None:
        following = self._parts[len(self._begun)].first if len(self._begun) < len(self._parts) else None
        damaged = ended.source.cut_off or ended.source.faults
        if damaged and not self._readers and following is not None and following > ended.latest + BREAK:
            raise GapError(ended.source.path)

    def _border(self, place: int) -> int:
        """Tell when a file must have ended."""
        following = self._parts[place + 1].first if self._in_turn and place + 1 < len(self._parts) else None
        return _NEVER if following is None else following + SLACK

    def _limit(self, first: "_Reader") -> int:
        """Tell until when only one file has frames."""
        others = [reader.at() for reader in self._readers if reader is not first]
        unopened = self._parts[len(self._begun)].first if len(self._begun) < len(self._parts) else None
        return min([*others, _NEVER if unopened is None else unopened])

    def _merged(self, reader: "_Reader", limit: int) -> FrameBatch:
        """Take the next frames of one file, none later than *limit*, and number them as frames of the input."""
        part = reader.take(limit)
        self.files.add(self._number, reader.place, part.first_number)
        if len(self.files.firsts) > MAX_STRETCHES:
            problem = f"its files take turns more than {MAX_STRETCHES:,} times"
            raise InputError(self.path, problem, "merge them with mergecap first")
        interfaces, column = self._interfaces.of(reader.place, part)
        merged = replace(part, first_number=self._number, interfaces=interfaces, interface=column)
        self._number += len(part)
        return merged


class _Reader:
    """One file, and the batch of it that is at hand."""

    def __init__(self, source: CaptureSource, place: int, border: int) -> None:
        self.source = source
        self.place = place
        self.latest = 0
        """Time of its latest frame so far."""
        self._border = border
        self._batches = source.batches()
        self._batch: FrameBatch | None = None
        self._row = 0
        self._end = 0

    def at(self) -> int:
        """Give the time of the next frame."""
        return self._batch.times[self._row] if self._batch is not None else _NEVER

    def more(self) -> bool:
        """Have a frame at hand, if there is one."""
        while self._batch is None or self._row == len(self._batch):
            self._batch, self._row = next(self._batches, None), 0
            if self._batch is None:
                return False
            self._end = max(self._batch.times, default=0)
            self.latest = max(self.latest, self._end)
            if self.latest > self._border:
                raise OverlapError(self.source.path)
        return True

    def take(self, limit: int) -> FrameBatch:
        """Give the next frame and those behind it that are no later than *limit*."""
        if self._batch is None:
            raise ValueError(self.source.path)
        begin, times = self._row, self._batch.times
        later = (row for row in range(begin + 1, len(times)) if times[row] > limit)
        self._row = len(times) if self._end <= limit else next(later, len(times))
        return self._batch if (begin, self._row) == (0, len(times)) else self._batch.part(begin, self._row)


class _Interfaces:
    """The interfaces of all files; one that another file has too, by name and link type, is the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, int, int], int] = {}
        self._described: tuple[Interface, ...] = ()
        self._places: dict[int, tuple[int, tuple[int, ...]]] = {}

    def of(self, file: int, batch: FrameBatch) -> tuple[tuple[Interface, ...], "array[int]"]:
        """Give the interfaces of the input so far, and the column of a batch as indices of them."""
        count, places = self._places.get(file, (0, ()))
        if count != len(batch.interfaces):
            places = self._placed(file, batch.interfaces)
            self._places[file] = len(batch.interfaces), places
        if places == tuple(range(len(places))):
            return self._described, batch.interface
        return self._described, array("q", map(places.__getitem__, batch.interface))

    def _placed(self, file: int, interfaces: tuple[Interface, ...]) -> tuple[int, ...]:
        """Find the place of each interface of a file; within one file, equal ones are several."""
        met: Counter[tuple[str | None, int]] = Counter()
        places = []
        for interface in interfaces:
            kind = interface.name, interface.link_type
            key = *kind, met[kind]
            met[kind] += 1
            if key not in self._known:
                self._known[key] = len(self._described)
                self._described += (replace(interface, section=interface.section + file),)
            places.append(self._known[key])
        return tuple(places)


def _named(fault: Fault, path: str) -> Fault:
    """Say in which file damage is; its frame number is the file's own."""
    frame = "" if fault.frame is None else f" of frame {fault.frame}"
    return replace(fault, where=f"{fault.where}{frame} in {path}", frame=None)
