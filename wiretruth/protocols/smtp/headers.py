"""The header section of a message (RFC 5322 §2.2), kept for those who ask for it; the body never is."""

import re

from wiretruth.model.smtp import Header
from wiretruth.octets import printable

MAX_SECTION = 64 * 1024
"""Octets kept of one header section: what large servers take at most."""

MAX_SECTIONS = 1024 * 1024
"""Octets kept of all header sections of a dialogue: some hundred messages, as mail usually is."""

_LONGEST_SHOWN = 998
"""Octets of a line (RFC 5322 §2.1.1)."""

_FIELD = re.compile(rb"[!-9;-~]{1,998}[ \t]{0,9}:")
_FOLDED = (b" ", b"\t")


class Room:
    """What one dialogue may still keep."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_SECTIONS


class HeaderReader:
    """Reads one message as far as its header section goes."""

    __slots__ = ("_begun", "_lines", "_over", "_room", "_room_here", "_stuffed", "_whole")

    def __init__(self, room: Room, *, stuffed: bool) -> None:
        """Begin at the first octet of a message.

        Args:
            room: of the dialogue.
            stuffed: a dot was put before lines that begin with one (RFC 5321 §4.5.2): so behind DATA, and not in BDAT.
        """
        self._room, self._room_here = room, MAX_SECTION
        self._stuffed = stuffed
        self._begun = bytearray()
        """The line that has not ended."""
        self._lines: list[str] = []
        self._over = self._whole = False

    def read(self, octets: bytes, start: int, end: int) -> None:
        """Take the next octets of the message."""
        while not self._over and start < end:
            newline = octets.find(b"\n", start, end)
            stop = newline + 1 if newline >= 0 else end
            if len(self._begun) + stop - start > min(self._room_here, self._room.left):
                self.miss()
                return
            self._begun += octets[start:stop]
            if newline >= 0:
                self._room_here -= len(self._begun)
                self._room.left -= len(self._begun)
                line, self._begun = bytes(self._begun).rstrip(b"\r\n"), bytearray()
                self._line(line)
            start = stop

    def miss(self) -> None:
        """Octets are missing here, or there is no room: what follows may be anything."""
        self._over = True
        self._begun = bytearray()

    def header(self) -> Header:
        """Give what was kept."""
        return Header(tuple(self._lines), self._whole)

    def _line(self, line: bytes) -> None:
        """Take a line; one that is no field ends the section as the empty one does."""
        if self._stuffed and line.startswith(b"."):
            line = line[1:]
        folded = line.startswith(_FOLDED) and bool(self._lines) and bool(line.strip())
        if folded or _FIELD.match(line):
            self._lines.append(printable(line.replace(b"\t", b" "), _LONGEST_SHOWN))
        else:
            self._over = self._whole = True
