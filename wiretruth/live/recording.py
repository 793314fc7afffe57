"""A ring of pcapng files, bounded by size, number and age; and slices of it that stay: the packets behind a finding."""

import calendar
import contextlib
import os
import re
import time
from array import array
from collections.abc import Collection, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from wiretruth.capture import pcapng_writing
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.errors import WiretruthError
from wiretruth.model.frames import NANOSECONDS, FrameBatch, Interface

NAME: Final = re.compile(r"ring-(\d{8}T\d{6})-(\d+)\.pcapng")
EVIDENCE: Final = "evidence"

MAX_SLICE = 10_000
"""Packets of one slice: a delivery has some hundreds."""
MAX_SLICES = 1_000
"""Slices kept; the oldest make room."""

AROUND: Final = 120 * NANOSECONDS
"""Of the packets between the hosts of a finding, those so long before and behind it belong to its slice."""

RETRY: Final = 10.0
"""Seconds after which writing is tried again when the disk was full."""

_PIECE: Final = 1 << 20
_SECOND: Final = "%Y%m%dT%H%M%S"
_LAST: Final = 1 << 62
_PROBE: Final = ".probe"


class Bounds(NamedTuple):
    """Of the ring."""

    size: int = 100 << 20
    """Octets of one file."""
    files: int = 20
    """Files."""
    age: float = 0.0
    """Seconds after which a file is removed; 0: never for its age."""


class Wanted(NamedTuple):
    """What a slice is to hold."""

    name: str
    at: int
    frames: frozenset[int]
    hosts: tuple[str, ...]
    """Addresses; a packet that bears two of them belongs to the slice."""


class Recorder:
    """Writes what comes into the ring. A full disk stops writing, never the watch.

    Raises:
        WiretruthError: the folder cannot be made or written to at the beginning, or holds anything else.
    """

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        """Go on in *folder*; what is there of an earlier run counts for the bounds."""
        self.problem = ""
        """Why nothing is written just now; empty while something is."""
        self.missed = 0
        """Frames that were not written."""
        self._folder, self._bounds = folder, bounds
        self._file: BinaryIO | None = None
        self._known: tuple[Interface, ...] = ()
        self._first: dict[Path, int] = {}
        """Frame number of the first frame of each file of this run."""
        self._written = 0
        self._retry = 0.0
        try:
            _refuse_foreign(folder)
            (folder / EVIDENCE).mkdir(parents=True, exist_ok=True, mode=0o700)
            (folder / _PROBE).touch()
            (folder / _PROBE).unlink()
        except OSError as error:
            raise WiretruthError(f"{folder}: nothing can be recorded there: {error.strerror}") from error

    def receive(self, batch: FrameBatch) -> None:
        """Write frames, into a new file where the last one is full."""
        if self._file is None and time.monotonic() < self._retry:
            self.missed += len(batch)
            return
        try:
            if self._file is None or self._written >= self._bounds.size:
                self._begin(batch)
            self._describe(batch.interfaces)
            self._write(pcapng_writing.packets(batch))
        except OSError as error:
            self._give_up(error, len(batch))

    def flush(self) -> None:
        """Let what was written reach the file, and remove what is too old: call it every second."""
        try:
            if self._file is not None:
                self._file.flush()
        except OSError as error:
            self._give_up(error, 0)
        self._make_room()

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def keep(self, wanted: Wanted) -> Path | None:
        """Copy what a finding rests on into a slice that stays; ``None`` where nothing of it is left, or the disk is full.

        It takes as long as reading a file or two of the ring: let a copy of the process do it, after a ``flush``.
        """
        path = self.place(wanted)
        with contextlib.suppress(OSError):
            pieces = list(self._sliced(wanted))
            if pieces:
                path.write_bytes(b"".join(pieces))
                self._forget_slices()
                return path
        return None

    def place(self, wanted: Wanted) -> Path:
        """Tell where a slice will be."""
        return self._folder / EVIDENCE / f"{wanted.name}.pcapng"

    def _begin(self, batch: FrameBatch) -> None:
        self.close()
        second = time.strftime(_SECOND, time.gmtime(batch.times[0] // NANOSECONDS))
        path = self._folder / f"ring-{second}-{batch.first_number}.pcapng"
        self._file = path.open("wb", buffering=_PIECE)
        self._first[path] = batch.first_number
        self._known, self._written, self.problem = (), 0, ""
        self._write(pcapng_writing.header(()))
        self._make_room()

    def _describe(self, interfaces: tuple[Interface, ...]) -> None:
        for one in interfaces[len(self._known) :]:
            self._write(pcapng_writing.interface(one))
        self._known = interfaces

    def _write(self, octets: bytes) -> None:
        if self._file is not None:
            self._file.write(octets)
            self._written += len(octets)

    def _give_up(self, error: OSError, frames: int) -> None:
        """Stop writing for a while; what the last file holds stays readable."""
        self.problem = error.strerror or str(error)
        self.missed += frames
        self._retry = time.monotonic() + RETRY
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()

    def _files(self) -> list[Path]:
        found = [path for path in self._folder.iterdir() if NAME.fullmatch(path.name)]
        return sorted(found, key=lambda path: (path.name.split("-")[1], int(path.stem.rpartition("-")[2])))

    def _make_room(self) -> None:
        with contextlib.suppress(OSError):
            files = self._files()
            old = time.time() - self._bounds.age if self._bounds.age else 0.0
            for place, path in enumerate(files[:-1]):
                if len(files) - place > self._bounds.files or path.stat().st_mtime < old:
                    path.unlink()
                    self._first.pop(path, None)

    def _sliced(self, wanted: Wanted) -> Iterator[bytes]:
        """Give the blocks of a slice; the interfaces are those of the files, each file a section of its own."""
        addresses = [ip_address(one).packed for one in wanted.hosts]
        left = MAX_SLICE
        for path in self._holding(wanted):
            section: list[bytes] = []
            interfaces: tuple[Interface, ...] = ()
            for batch in _batches(path):
                rows = _chosen(batch, self._first[path] - 1, wanted, addresses)[:left]
                left -= len(rows)
                if rows:
                    interfaces = batch.interfaces
                    section.append(pcapng_writing.packets(_only(batch, rows)))
            if section:
                yield pcapng_writing.header(interfaces)
                yield from section

    def _holding(self, wanted: Wanted) -> Iterator[Path]:
        """Give the files of this run that may hold something of a slice: all of them are gigabytes."""
        files = [path for path in self._files() if path in self._first]
        for path, following in zip(files, [*files[1:], None], strict=True):
            frames = range(self._first[path], self._first[following] if following is not None else _LAST)
            begin, end = _begun(path), _begun(following) if following is not None else _LAST
            near = begin - AROUND <= wanted.at <= end + AROUND
            if near or any(frame in frames for frame in wanted.frames):
                yield path

    def _forget_slices(self) -> None:
        slices = sorted((self._folder / EVIDENCE).glob("*.pcapng"), key=os.path.getmtime)
        for path in slices[:-MAX_SLICES]:
            path.unlink()


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds anything that was not recorded: it will be given to another user."""
    there = sorted(folder.iterdir()) if folder.exists() else []
    for path in there:
        if path.name not in (EVIDENCE, _PROBE) and not NAME.fullmatch(path.name):
            raise WiretruthError(f"{folder}: holds {path.name}, which is none of ours; name a folder for packets alone")


def _begun(path: Path) -> int:
    """Give the second in which a file was begun, in nanoseconds since the Unix epoch."""
    day, _, second = path.name.split("-")[1].partition("T")
    fields = day[:4], day[4:6], day[6:], second[:2], second[2:4], second[4:]
    return calendar.timegm(tuple(map(int, fields))) * NANOSECONDS


def _batches(path: Path) -> Iterator[FrameBatch]:
    feed = PcapngFeed()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield from feed.receive(piece)


def _chosen(batch: FrameBatch, before: int, wanted: Wanted, addresses: Collection[bytes]) -> list[int]:
    """Give the rows of a batch that belong to a slice."""
    rows = []
    buffer = memoryview(batch.buffer)
    for row, at in enumerate(batch.times):
        if before + batch.first_number + row in wanted.frames:
            rows.append(row)
        elif abs(at - wanted.at) <= AROUND and len(addresses) > 1:
            offset = batch.offsets[row]
            head = bytes(buffer[offset : offset + min(batch.captured[row], 96)])
            if sum(address in head for address in addresses) > 1:
                rows.append(row)
    return rows


def _only(batch: FrameBatch, rows: list[int]) -> FrameBatch:
    def picked(values: "array[int]") -> "array[int]":
        return array("q", (values[row] for row in rows))

    return FrameBatch(
        batch.buffer,
        picked(batch.offsets),
        picked(batch.captured),
        picked(batch.original),
        picked(batch.times),
        picked(batch.interface),
        batch.interfaces,
        batch.first_number,
    )
