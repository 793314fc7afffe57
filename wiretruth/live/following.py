"""Files that others write while we read: logs that grow, are rotated and cut; rules that are written anew."""

import contextlib
import os
from collections import deque
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.errors import InputError

MAX_LINES = 50_000
"""Lines remembered of one file: those of a busy site in an hour."""

LONGEST: Final = 1 << 16
"""Octets of a line; what is beyond is passed over."""

_PIECE: Final = 1 << 20
_AT_ONCE: Final = 16
"""Pieces read at one look: a file that grows faster is read on at the next one."""


class Line(NamedTuple):
    """One line, when it was read."""

    at: int
    octets: bytes


class Tail:
    """Follows a file by its name, from its end on, through rotation and truncation, and remembers what was written lately.

    Raises:
        InputError: it cannot be opened at the beginning. Later it may be missing for as long as it likes.
    """

    def __init__(self, path: str, most: int = MAX_LINES) -> None:
        """Open *path* and go to its end; *most* lines are remembered."""
        self.path = path
        self.forgotten = 0
        """Lines that are not remembered any more; those that stood there when following began are among them."""
        self._lines: deque[Line] = deque()
        self._most = most
        self._part = b""
        self._over = False
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise InputError(path, f"cannot be followed: {error.strerror}", "check the name and its rights") from error
        self.forgotten = self._to_the_end()

    def look(self, now: int, age: int) -> int:
        """Read what was written since; tell how many lines.

        Args:
            now: nanoseconds since the Unix epoch.
            age: lines older than this are forgotten.
        """
        before = len(self._lines) + self.forgotten
        self._read(now)
        if self._moved():
            self._read(now)
            self._open_anew()
            self._read(now)
        while self._lines and (len(self._lines) > self._most or now - self._lines[0].at > age):
            self._lines.popleft()
            self.forgotten += 1
        return len(self._lines) + self.forgotten - before

    def lines(self) -> tuple[bytes, ...]:
        """Give what is remembered."""
        return tuple(line.octets for line in self._lines)

    def close(self) -> None:
        """Follow no more."""
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _to_the_end(self) -> int:
        """Pass over what is there; count its lines, so that numbers are those of the file."""
        count = 0
        while piece := os.read(self._file, _PIECE):
            count += piece.count(b"\n")
        return count

    def _read(self, now: int) -> None:
        with contextlib.suppress(OSError):
            if os.fstat(self._file).st_size < os.lseek(self._file, 0, os.SEEK_CUR):
                os.lseek(self._file, 0, os.SEEK_SET)  # it was cut: what is there now is new
                self._part = b""
            for _ in range(_AT_ONCE):
                piece = os.read(self._file, _PIECE)
                if not piece:
                    return
                self._take(piece, now)

    def _take(self, piece: bytes, now: int) -> None:
        *whole, part = (self._part + piece).split(b"\n")
        if self._over and whole:
            del whole[0]
            self._over = False
        self._lines.extend(Line(now, line[:LONGEST].removesuffix(b"\r")) for line in whole)
        if len(part) > LONGEST:
            if not self._over:
                self._lines.append(Line(now, part[:LONGEST]))
            part, self._over = b"", True
        self._part = part

    def _moved(self) -> bool:
        """Tell whether another file stands under the name."""
        try:
            there, ours = Path(self.path).stat(), os.fstat(self._file)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino)

    def _open_anew(self) -> None:
        try:
            again = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return
        os.close(self._file)
        self._file, self._part, self._over = again, b"", False


class Whole:
    """A file that is read anew whenever it was changed: rules.

    Raises:
        InputError: it cannot be read at the beginning. Later the last version that could be read stays.
    """

    def __init__(self, path: str) -> None:
        """Read *path*."""
        self.path = path
        self.lines: tuple[bytes, ...] = ()
        self._mark: tuple[int, ...] = ()
        try:
            self._read()
        except OSError as error:
            raise InputError(path, f"cannot be read: {error.strerror}", "check the name and its rights") from error

    def look(self) -> bool:
        """Read it if it was changed; tell whether it was."""
        with contextlib.suppress(OSError):
            return self._read()
        return False

    def _read(self) -> bool:
        status = Path(self.path).stat()
        mark = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
        if mark == self._mark or (not status.st_size and self.lines):  # empty: it is being written
            return False
        with open(self.path, "rb") as stream:  # noqa: PTH123 - as the user spells it
            self.lines = tuple(line.removesuffix(b"\r") for line in stream.read().split(b"\n"))
        self._mark = mark
        return True
