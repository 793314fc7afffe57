"""Octets of a file or of standard input, in big blocks that are read into one and the same buffer."""

import io
import os
import stat
import sys
import time
from types import TracebackType
from typing import Self, cast

from wiretruth.errors import InputError
from wiretruth.model.frames import Fault
from wiretruth.sources.arrays import prepare
from wiretruth.sources.pipes import Ready, gather, readiness, widen

BLOCK = 16 * 1024 * 1024
"""Octets asked for at once, a pipe gives what comes in a moment: as many frames as a batch takes, where they are
full-size."""

SMALLEST = 64 * 1024
"""Octets of the buffer for a file that is smaller than a block; it may still be growing."""

STANDARD_INPUT = "-"


class BlockReader:
    """An open input; each block is valid until the next one is read.

    Raises:
        InputError: the input cannot be opened.
    """

    def __init__(self, path: str, size: int = BLOCK) -> None:
        """Open *path*, ``-`` for standard input; *size* is the most octets of a block."""
        self.path = path
        self.octets_read = 0
        self.fault: Fault | None = None
        """An error of the device in the middle: it ends the input, what came before is kept."""
        self._stream = _standard_input() if path == STANDARD_INPUT else _open(path)
        total = self.total
        prepare()
        self._ready = self._readiness() if total is None else _never
        self._buffer = memoryview(bytearray(size if total is None else min(size, max(total, SMALLEST))))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def total(self) -> int | None:
        """Octets of the whole input; ``None`` for a pipe or a device."""
        if self.path == STANDARD_INPUT or self._stream.closed:
            return None
        status = os.fstat(self._stream.fileno())
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def read(self, least: int = 1) -> memoryview:
        """Read the next block, of at least *least* octets unless the input ends; an empty one is the end.

        Raises:
            InputError: the first octet cannot be read.
        """
        filled = gather(self._buffer, least, self._read_once, self._ready, time.monotonic)
        self.octets_read += filled
        return self._buffer[:filled]

    def close(self) -> None:
        """Close the file; standard input is left open."""
        if self.path != STANDARD_INPUT:
            self._stream.close()

    def _readiness(self) -> Ready:
        """Tell whether more is there, where the input is a pipe or the like."""
        try:
            descriptor = self._stream.fileno()
        except OSError:  # an object in memory
            return _never
        widen(descriptor)
        return readiness(descriptor)

    def _read_once(self, room: memoryview) -> int:
        if self.fault:
            return 0
        try:
            return self._stream.readinto1(room)
        except OSError as error:
            problem = error.strerror or str(error)
            if not self.octets_read and len(room) == len(self._buffer):
                raise InputError(self.path, f"cannot be read: {problem}", "copy it to a sound disk first") from error
            self.fault = Fault("input", self.octets_read, "more octets", problem)
            return 0


def _never(_seconds: float) -> bool:
    return False


def _open(path: str) -> io.BufferedIOBase:
    try:
        return open(path, "rb")  # noqa: PTH123  (the name is kept as typed; the reader closes it)
    except FileNotFoundError:
        raise InputError(path, "does not exist", "check the name and the directory") from None
    except IsADirectoryError:
        raise InputError(path, "is a directory", "name the captures in it") from None
    except PermissionError:
        raise InputError(path, "may not be read by this user", "run as its owner or copy it") from None
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be opened: {getattr(error, 'strerror', error)}") from error


def _standard_input() -> io.BufferedIOBase:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(STANDARD_INPUT, "standard input is closed", "name a file instead")
    if sys.stdin.isatty():
        remedy = "pipe a capture into it: tcpdump -U -w - | wiretruth read -"
        raise InputError(STANDARD_INPUT, "standard input is a terminal", remedy)
    return cast("io.BufferedIOBase", sys.stdin.buffer)
