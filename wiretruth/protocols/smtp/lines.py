"""Lines out of pieces of a stream (RFC 5321 §2.3.8), in bounded memory."""

from typing import NamedTuple

MAX_LINE = 2048
"""Octets kept of one line: RFC 5321 §4.5.3.1 allows 512, RFC 4954 §4 12,288 to AUTH, whose lines are not kept anyway."""

_CARRIAGE_RETURN = 0x0D


class Line(NamedTuple):
    """One line without its end."""

    octets: bytes
    """At most MAX_LINE of them."""
    length: int
    """Octets on the wire, line end included."""
    bare: bool
    """It ended in a bare LF: forbidden, and seen in the wild."""


class LineReader:
    """Puts one line together; what is past MAX_LINE is counted and let go."""

    __slots__ = ("_kept", "_last", "_length")

    def __init__(self) -> None:
        self._kept = b""
        self._length = 0
        self._last = b""
        """The last octet seen of the line: a CR belongs to the line end."""

    @property
    def partial(self) -> bytes:
        """What is kept of the line that has not ended."""
        return self._kept

    @property
    def length(self) -> int:
        """Octets of the line that has not ended."""
        return self._length

    def read(self, octets: bytes, start: int) -> tuple[Line | None, int]:
        """Read on from *start*.

        Returns: the line, if it is complete, and where the next one begins.
        """
        newline = octets.find(b"\n", start)
        if self._length or not start < newline < start + MAX_LINE:
            return self._read_odd(octets, start, newline)
        end = newline - 1
        if octets[end] == _CARRIAGE_RETURN:
            return Line(octets[start:end], newline + 1 - start, bare=False), newline + 1
        return Line(octets[start:newline], newline + 1 - start, bare=True), newline + 1

    def clear(self) -> None:
        """Forget the line that has not ended."""
        self._kept = self._last = b""
        self._length = 0

    def _read_odd(self, octets: bytes, start: int, newline: int) -> tuple[Line | None, int]:
        """Read a line that is empty, too long, or not whole here."""
        if newline < 0:
            self._keep(octets, start, len(octets))
            return None, len(octets)
        self._keep(octets, start, newline)
        kept, length, bare = self._kept, self._length + 1, self._last != b"\r"
        self.clear()
        if not bare and len(kept) == length - 1:
            kept = kept[:-1]
        return Line(kept, length, bare), newline + 1

    def _keep(self, octets: bytes, start: int, end: int) -> None:
        if start == end:
            return
        self._kept += octets[start : min(end, start + MAX_LINE - len(self._kept))]
        self._length += end - start
        self._last = octets[end - 1 : end]
