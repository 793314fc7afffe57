"""A capture that still grows: a file, through its rotation, or a pipe. It goes on until somebody ends it."""

import os
import select
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

from wiretruth.capture.feed import Feed
from wiretruth.capture.foreign import describe
from wiretruth.capture.recognition import HEAD, LEAST, decompressor_for, feed_for
from wiretruth.errors import InputError, WrongKindError
from wiretruth.model.files import Files
from wiretruth.model.frames import Fault, FrameBatch
from wiretruth.sources.blocks import STANDARD_INPUT
from wiretruth.sources.joining import SLACK
from wiretruth.sources.pipes import widen
from wiretruth.sources.planning import looked_at
from wiretruth.sources.rotation import rotated_name

PIECE: Final = 1 << 20
"""Octets read at once."""

PAUSE: Final = 0.2
"""Seconds between two looks at a file that had nothing new."""

Ended = Callable[[float], bool]
"""Waits so many seconds at most, and tells whether the following is to end."""


class FollowedSource:
    """An input that goes on. It is read as :class:`~wiretruth.sources.files.CaptureSource` is."""

    def __init__(self, path: str, ended: Ended) -> None:
        """Open *path*, ``-`` for standard input.

        Args:
            path: as the user named it; the file that is written to now.
            ended: tells when to stop.

        Raises:
            InputError: it cannot be opened.
        """
        self.path = path
        self.total: int | None = None
        self._ended = ended
        self._growing = [_Growing(path)]
        self._number = 1
        self._columns = Files(())
        self._latest = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def format(self) -> str:
        """What the files are: ``pcap``, ``pcapng``."""
        return next((one.feed.format for one in self._growing if one.feed), "")

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Damage found so far."""
        return tuple(fault for one in self._growing if one.feed for fault in one.feed.faults)

    @property
    def cut_off(self) -> bool:
        """One of the files ended within a packet; that the last one did when we stopped is no damage."""
        return any(one.feed.cut_off for one in self._growing if one.feed)

    @property
    def kernel_drops(self) -> int | None:
        """Frames that the capturing host says it lost."""
        told = [one.feed.kernel_drops for one in self._growing if one.feed and one.feed.kernel_drops is not None]
        return sum(told) if told else None

    @property
    def octets_read(self) -> int:
        """Octets read so far."""
        return sum(one.position for one in self._growing)

    @property
    def files(self) -> Files | None:
        """Which frame stands in which file; ``None`` where there was only one."""
        if len(self._growing) == 1:
            return None
        return replace(self._columns, paths=tuple(one.path for one in self._growing))

    def batches(self) -> Iterator[FrameBatch]:
        """Give frames as they come, until the end; each batch is valid until the next one is asked for.

        Raises:
            InputError: it is no capture.
        """
        try:
            yield from self._rest()
            while not (self._growing[-1].over or self._ended(self._growing[-1].wait(PAUSE))):
                following = self._growing[-1].successor(self._latest)
                yield from self._rest()  # whoever opened the next file has closed this one before
                if following is not None:
                    self._growing[-1].finish()
                    self._growing.append(_Growing(following))
                    yield from self._rest()
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._growing[-1].close()

    def _rest(self) -> Iterator[FrameBatch]:
        growing = self._growing[-1]
        place = len(self._growing) - 1
        for batch in growing.batches():
            self._columns.add(self._number, place, batch.first_number)
            self._latest = max(self._latest, *batch.times)
            yield replace(batch, first_number=self._number)
            self._number += len(batch)


class _Growing:
    """One file that may grow, or a pipe."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.feed: Feed | None = None
        self.position = 0
        self.over = False
        """The pipe has ended."""
        self._head = b""
        self._descriptor = _open(path)
        self._regular = stat.S_ISREG(os.fstat(self._descriptor).st_mode)
        if not self._regular:
            widen(self._descriptor)

    def batches(self) -> Iterator[FrameBatch]:
        """Give what has come since the last time."""
        while piece := self._read():
            self.position += len(piece)
            if self.feed is None:
                self._head += piece
                if len(self._head) < LEAST:
                    continue
                self.feed, piece = self._recognised(), self._head
            yield from (batch for batch in self.feed.receive(piece) if batch)
        if self.over and self.feed is not None:
            self.feed.finish()

    def wait(self, seconds: float) -> float:
        """Wait for a pipe, so that its writer need not; give the seconds that are left to be waited for a file."""
        if self._regular:
            return seconds
        select.select([self._descriptor], [], [], seconds)
        return 0.0

    def successor(self, latest: int) -> str | None:
        """Give the file that goes on where this one ended: under its old name, or the next of its rotation.

        Args:
            latest: time of the latest frame so far, in nanoseconds since the Unix epoch.
        """
        if not self._regular:
            return None
        ours = os.fstat(self._descriptor)
        try:
            there = os.stat(self.path)  # noqa: PTH116 - as typed
        except OSError:
            there = ours
        if there.st_size and (not os.path.samestat(ours, there) or there.st_size < self.position):
            return self.path
        return min(_siblings(self.path, ours, latest), default=(0, None))[1]

    def finish(self) -> None:
        """End the file: it has a successor."""
        if self.feed is not None:
            self.feed.finish()
        self.path = self._name_now()
        self.close()

    def close(self) -> None:
        """Close the file; standard input is left open."""
        if self.path != STANDARD_INPUT and self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _read(self) -> bytes:
        if self.feed is not None and self.feed.ended:
            return b""
        if not self._regular:
            if self.over or not select.select([self._descriptor], [], [], 0)[0]:
                return b""
            piece = os.read(self._descriptor, PIECE)
            self.over = not piece
            return piece
        return os.read(self._descriptor, PIECE)

    def _recognised(self) -> Feed:
        head = self._head[:HEAD]
        feed = feed_for(head)
        if feed is not None:
            return feed
        try:
            compressed = decompressor_for(head) is not None
        except ImportError:
            compressed = True
        if compressed:
            problem = "is compressed, and a compressed file cannot be read while it grows"
            raise InputError(self.path, problem, "leave --follow away")
        raise WrongKindError(self.path, *describe(head, self.path))

    def _name_now(self) -> str:
        """Find the name that the file has after another one took its own."""
        ours = os.fstat(self._descriptor)
        with os.scandir(Path(self.path).parent) as entries:
            name = next((one.name for one in entries if one.is_file() and os.path.samestat(one.stat(), ours)), None)
        return self.path if name is None else os.path.join(os.path.dirname(self.path), name)  # noqa: PTH118, PTH120 - as typed


def _open(path: str) -> int:
    if path == STANDARD_INPUT:
        if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
            raise InputError(
                path, "standard input gives no capture", "pipe one into it: tcpdump -U -w - | wiretruth read -"
            )
        return sys.stdin.fileno()
    try:
        return os.open(path, os.O_RDONLY)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise InputError(path, f"cannot be opened: {problem}", "name the file that is written to now") from error


def _siblings(path: str, ours: os.stat_result, latest: int) -> Iterator[tuple[int, str | None]]:
    """Give the files of the same rotation that begin where this one ends, with the time of their first frame."""
    template = rotated_name(path).template
    with os.scandir(Path(path).parent) as found:
        entries = list(found)
    for entry in entries:
        other = os.path.join(os.path.dirname(path), entry.name)  # noqa: PTH118, PTH120 - as typed
        if rotated_name(other).template != template or other == path or not entry.is_file():
            continue
        status = entry.stat()
        if not status.st_size or status.st_mtime_ns < ours.st_mtime_ns:
            continue
        first = _first(other)
        if first is not None and first >= latest - SLACK:
            yield first, other


def _first(path: str) -> int | None:
    try:
        return looked_at(path).first
    except InputError:
        return None
