"""Lines out of pieces of a stream (RFC 5321 §2.3.8), in bounded memory."""

MAX_LINE = 2048
"""Octets kept of one line: RFC 5321 §4.5.3.1 allows 512, RFC 4954 §4 12,288 to AUTH, whose lines are not kept anyway."""

_CARRIAGE_RETURN = 0x0D


class LineReader:
    """Puts one line together; what is past MAX_LINE is counted and let go."""

    __slots__ = ("_kept", "_last", "bare", "length", "taken")

    def __init__(self) -> None:
        self._kept = b""
        self._last = b""
        """The last octet seen of the line: a CR belongs to the line end."""
        self.length = 0
        """Octets of the line that has not ended."""
        self.taken = 0
        """Octets on the wire of the last whole line, its end included."""
        self.bare = False
        """The last whole line ended in a bare LF: forbidden, and seen in the wild."""

    @property
    def partial(self) -> bytes:
        """What is kept of the line that has not ended."""
        return self._kept

    def read(self, octets: bytes, start: int) -> tuple[bytes | None, int]:
        """Read on from *start*.

        Returns: the line without its end, at most MAX_LINE octets, if it is complete; and where the next one begins.
        """
        newline = octets.find(b"\n", start)
        if self.length or not start < newline < start + MAX_LINE:
            return self._read_odd(octets, start, newline)
        self.taken = newline + 1 - start
        self.bare = octets[newline - 1] != _CARRIAGE_RETURN
        return octets[start : newline if self.bare else newline - 1], newline + 1

    def clear(self) -> None:
        """Forget the line that has not ended."""
        self._kept = self._last = b""
        self.length = 0

    def _read_odd(self, octets: bytes, start: int, newline: int) -> tuple[bytes | None, int]:
        """Read a line that is empty, too long, or not whole here."""
        if newline < 0:
            self._keep(octets, start, len(octets))
            return None, len(octets)
        self._keep(octets, start, newline)
        line = self._kept
        self.taken, self.bare = self.length + 1, self._last != b"\r"
        if not self.bare and len(line) == self.length:
            line = line[:-1]
        self.clear()
        return line, newline + 1

    def _keep(self, octets: bytes, start: int, end: int) -> None:
        if start == end:
            return
        self._kept += octets[start : min(end, start + MAX_LINE - len(self._kept))]
        self.length += end - start
        self._last = octets[end - 1 : end]
