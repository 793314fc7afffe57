"""The message text after DATA: measured, never kept (RFC 5321 §4.1.1.4, §4.5.2)."""

import re

_END = b"\r\n.\r\n"
_STUFFED = b"\r\n."
_BARE_END = re.compile(rb"\n\.\r?\n")
_BARE_STUFFED = b"\n."
_BLOCK = 32 * 1024
"""Octets searched at a time, backwards as that is twice as fast: many short messages in one run stay cheap."""
_SEAM = len(_END) - 1
"""Octets that an end begun before them can still need."""
_TAIL = 8
"""Octets held on to: enough for an end that is cut in two, and for a bare one with blank lines behind it."""
_LOOKS_ENDED = re.compile(rb"\n\.\r?\n[\r\n]*\Z")


class TextMeter:
    """Looks for the end of the text, and counts what a server would store, holding on to a few octets only.

    A line end is CR LF. Where the client ends its command lines in a bare LF (*bare*), it ends its text so, too.
    """

    __slots__ = ("_bare", "_raw", "_stuffed", "_stuffing", "_tail")

    def __init__(self, *, bare: bool = False, fresh: bool = True) -> None:
        r"""Begin to measure.

        Args:
            bare: accept ``\n.\n`` as the end.
            fresh: the text begins here, at the start of a line; not so where the capture begins within it.
        """
        self._bare = bare
        self._stuffing = _BARE_STUFFED if bare else _STUFFED
        self._tail = b"\r\n" if fresh else b""
        self._raw = 0
        self._stuffed = 0

    @property
    def octets(self) -> int:
        """Text seen so far, dot-unstuffed."""
        return max(self._raw - self._stuffed, 0)

    @property
    def measure(self) -> tuple[int, int]:
        """Text seen so far as it was on the wire, and how many of its dots were put in."""
        return self._raw, self._stuffed

    @classmethod
    def of(cls, measure: tuple[int, int]) -> "TextMeter":
        """Give one that has read a whole text of a measure."""
        meter = cls()
        meter._raw, meter._stuffed = measure
        return meter

    @property
    def looks_ended(self) -> bool:
        """The last octets seen end the text for a server that accepts a bare LF."""
        return _LOOKS_ENDED.search(self._tail) is not None

    def read(self, octets: bytes, start: int) -> int | None:
        """Measure from *start*.

        Returns: where the octets behind the final dot begin, or ``None`` where it is not among these octets.
        """
        while start < len(octets):
            stop = min(start + _BLOCK, len(octets))
            end = self._read_block(octets, start, stop)
            if end is not None:
                return end
            start = stop
        return None

    def miss(self) -> None:
        """Octets are missing here: an end that lies half in the gap cannot be found."""
        self._tail = b""

    def trust_end(self) -> None:
        """The server took a bare-LF end for the end: do not count its dot as text."""
        found = _LOOKS_ENDED.search(self._tail)
        if found:
            self._raw -= len(self._tail) - found.start() - 1
            self._stuffed -= self._tail.count(self._stuffing)

    def _read_block(self, octets: bytes, start: int, stop: int) -> int | None:
        tail, stuffing = self._tail, self._stuffing
        last = octets.rfind(stuffing, start, stop)
        if stuffing not in tail + octets[start : min(start + _SEAM, stop)]:
            if last < 0:
                self._raw += stop - start
                self._tail = (tail + octets[max(start, stop - _TAIL) : stop])[-_TAIL:]
                return None
            if not self._bare and octets.startswith(_END, last, stop) and octets.rfind(stuffing, start, last) < 0:
                self._raw += last + 2 - start
                return last + len(_END)
        return self._read_stuffed(octets[start:stop], start)

    def _read_stuffed(self, octets: bytes, start: int) -> int | None:
        """Measure what holds more dots at the start of a line than a final one, or one that may have begun before."""
        tail, stuffing = self._tail, self._stuffing
        window = tail + octets
        counted = tail.count(stuffing)
        text_end, end = self._find_end(window)
        if end < 0:
            self._raw += len(octets)
            self._stuffed += window.count(stuffing) - counted
            self._tail = window[-_TAIL:]
            return None
        self._raw += text_end - len(tail)
        self._stuffed += window.count(stuffing, 0, text_end) - counted
        return start + end - len(tail)

    def _find_end(self, window: bytes) -> tuple[int, int]:
        """Give where the text ends (behind its last line end) and where what follows begins; -1 where it does not."""
        if self._bare:
            found = _BARE_END.search(window)
            return (found.start() + 1, found.end()) if found else (-1, -1)
        position = window.find(_END)
        return (position + 2, position + len(_END)) if position >= 0 else (-1, -1)
