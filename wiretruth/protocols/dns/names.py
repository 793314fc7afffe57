"""Domain names in a message: compression, limits and presentation text (RFC 1035 §3.1, §4.1.4, §5.1)."""

from wiretruth.protocols.dns.damage import FormatError

HEADER_OCTETS = 12
"""No name begins before this offset: RFC 1035 §4.1.4 lets a pointer lead to a prior name only, never into the header."""

MAX_NAME = 255
"""Octets of a name, the length octets and the root included (RFC 1035 §2.3.4)."""

MAX_HOPS = 32
"""Pointers followed for one name. Compressors need two or three; Go's resolver allows 10, Unbound 256."""

_POINTER = 0xC0
_MAX_LABEL = 63
_PLAIN = bytes(code for code in range(0x21, 0x7F) if code not in b".\\")
_PLAIN_AND_DOT = _PLAIN + b"."
_ESCAPED = tuple(chr(code) if code in _PLAIN else f"\\{code:03d}" for code in range(256))


def presentation(labels: list[bytes]) -> str:
    r"""Give labels as text without the final dot, ``.`` for the root; any octet that is not plain becomes ``\DDD``.

    Dots and backslashes inside a label are not plain, so the text tells every name from every other.
    """
    joined = b".".join(labels)
    if joined.count(b".") == len(labels) - 1 and not joined.translate(None, _PLAIN_AND_DOT):
        return joined.decode("ascii")
    return ".".join("".join(map(_ESCAPED.__getitem__, label)) for label in labels) or "."


class Names:
    """Reads the names of one message; remembers those already read, so that pointers to them cost nothing."""

    __slots__ = ("_known", "octets")

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self._known: dict[int, tuple[str, int]] = {}

    def remember(self, offset: int, name: str, length: int) -> None:
        """Note that *name*, of *length* octets when written in full, begins at *offset*."""
        self._known[offset] = (name, length)

    def read(self, offset: int, end: int) -> tuple[str, int]:
        """Read the name at *offset*.

        Pointers lead backwards only, each before the piece that holds it, so a loop cannot be written.

        Args:
            offset: octets from the start of the message.
            end: where the octets that may be read end: of the message, or of the RDATA.

        Returns: presentation text, and the offset behind the name.
        Raises: FormatError where the name breaks a limit or leaves the octets.
        """
        octets = self.octets
        if offset + 1 < end and octets[offset] >= _POINTER:
            known = self._known.get((octets[offset] & 0x3F) << 8 | octets[offset + 1])
            if known is not None:
                return known[0], offset + 2
        return self._walk(offset, end)

    def _walk(self, offset: int, end: int) -> tuple[str, int]:
        labels: list[bytes] = []
        start, length, after = offset, 1, 0
        suffix = ""
        for _ in range(MAX_HOPS + 1):
            stop = self._labels(start, end, length, labels)
            length += stop - start
            if not self.octets[stop]:
                after = after or stop + 1
                break
            after = after or stop + 2
            target = self._target(stop, start, end)
            known = self._known.get(target)
            if known is not None:
                suffix = known[0]
                length += known[1] - 1
                break
            start = target
        else:
            raise FormatError(offset, f"at most {MAX_HOPS} compression pointers", "more")
        if length > MAX_NAME:
            raise FormatError(offset, f"a name of at most {MAX_NAME} octets", f"{length} octets")
        return self._keep(offset, after, _joined(labels, suffix), length)

    def _keep(self, offset: int, after: int, name: str, length: int) -> tuple[str, int]:
        octets = self.octets
        self._known[offset] = (name, length)
        if octets[offset] >= _POINTER:
            self._known[(octets[offset] & 0x3F) << 8 | octets[offset + 1]] = (name, length)
        return name, after

    def _labels(self, start: int, end: int, length: int, labels: list[bytes]) -> int:
        """Append the labels from *start* on; give the offset of the zero octet or pointer behind them."""
        octets = self.octets
        position = start
        limit = start + MAX_NAME - length
        while position < end:
            count = octets[position]
            if count == 0 or count >= _POINTER:
                return position
            if count > _MAX_LABEL:
                raise FormatError(position, "a label or a pointer", f"length octet 0x{count:02x}")
            follower = position + 1 + count
            if follower > limit:
                raise FormatError(position, f"a name of at most {MAX_NAME} octets", "a longer one")
            labels.append(octets[position + 1 : follower])
            position = follower
        raise FormatError(end, "the rest of a name", "the end of the octets")

    def _target(self, stop: int, start: int, end: int) -> int:
        if stop + 2 > end:
            raise FormatError(stop, "a pointer of two octets", "the end of the octets")
        target = (self.octets[stop] & 0x3F) << 8 | self.octets[stop + 1]
        if not HEADER_OCTETS <= target < start:
            raise FormatError(stop, "a pointer to a prior name", f"a pointer to offset {target}")
        return target


def _joined(labels: list[bytes], suffix: str) -> str:
    if not labels:
        return suffix or "."
    if not suffix or suffix == ".":
        return presentation(labels)
    return f"{presentation(labels)}.{suffix}"
