"""Replies out of reply lines (RFC 5321 §4.2), malformed ones included."""

import functools
import re
from typing import NamedTuple

from wiretruth.model.smtp import Reply
from wiretruth.octets import PRINTABLE_LIMIT, printable

MAX_REPLY_LINES = 128
"""Lines kept of one reply; the longest EHLO and HELP replies seen have some forty."""

_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])|(?![0-9]))")
_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|\Z)")
"""RFC 2034 §4, RFC 3463 §2."""


_TIDY = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\r\n")
_TIDY_LIMIT = 512
"""Octets that are remembered together with what they say; EHLO's replies have some 300."""


class Said(NamedTuple):
    """A whole reply, whenever it was given."""

    code: int
    enhanced: str | None
    lines: tuple[str, ...]
    end: int
    """Where it ends in the octets that were read."""


def read_tidy(octets: bytes) -> tuple[Said, ...] | None:
    """Read octets that are whole and well-formed replies, and nothing else; ``None`` where they are anything else."""
    end = len(octets)
    if end > _TIDY_LIMIT or octets[-1:] != b"\n":
        return None
    replies: list[Said] = []
    lines: list[str] = []
    position, begun = 0, b""
    while position < end:
        found = _TIDY.match(octets, position)
        if found is None or len(lines) >= MAX_REPLY_LINES:
            return None
        code, separator, text = found.groups(b"")
        if begun and begun != code:
            return None
        lines.append(_once(printable(text)) if lines else printable(text))  # all servers offer the same extensions
        position = found.end()
        if separator == b"-":
            begun = code
            continue
        replies.append(Said(int(code), enhanced_status(lines[0]), tuple(lines), position))
        begun, lines = b"", []
    return None if begun else tuple(replies)


remembered_tidy = functools.lru_cache(maxsize=1024)(read_tidy)
"""Servers say the same words over and over: read them once, keep them once."""


class ReplyLine(NamedTuple):
    """One line of a reply."""

    code: int
    text: str
    last: bool
    well_formed: bool
    """A blank or a hyphen stands behind the code, or nothing at all."""


def parse_reply_line(line: bytes) -> ReplyLine | None:
    """Take a reply line apart; ``None`` where it does not begin with a reply code.

    ``250OK`` is seen in the wild, and clients take it for the last line.
    """
    found = _LINE.match(line)
    if found is None:
        return None
    text = line[found.end() :]
    separator = found.group(2)
    return ReplyLine(int(found.group(1)), printable(text), separator != b"-", separator is not None or not text.strip())


def is_reply_line(line: bytes) -> bool:
    """Tell whether a line begins with a reply code."""
    return _LINE.match(line) is not None


class ReplyAssembler:
    """Gathers the lines of one reply. The last line's code counts, as it does for the clients in use."""

    __slots__ = ("_code", "_lines")

    def __init__(self) -> None:
        self._code = 0
        self._lines: list[str] = []

    @property
    def begun(self) -> int:
        """The code of the reply that is not complete; 0 between replies."""
        return self._code

    def add(self, line: ReplyLine, at: int, frame: int) -> Reply | None:
        """Take the next line; gives the reply that it completes."""
        if len(self._lines) < MAX_REPLY_LINES:
            self._lines.append(line.text)
        self._code = line.code
        if not line.last:
            return None
        reply = make_reply(at, frame, line.code, tuple(self._lines))
        self.clear()
        return reply

    def add_text(self, octets: bytes) -> None:
        """Take a line without a code in the midst of a reply: servers that wrap their text make such."""
        if len(self._lines) < MAX_REPLY_LINES:
            self._lines.append(printable(octets, PRINTABLE_LIMIT))

    def clear(self) -> None:
        """Forget the reply that is not complete."""
        self._code = 0
        self._lines = []


def make_reply(at: int, frame: int, code: int, lines: tuple[str, ...]) -> Reply:
    """Put a reply together, with the enhanced status of its first line."""
    return Reply(at, frame, code, enhanced_status(lines[0]) if lines else None, lines)


def enhanced_status(line: str) -> str | None:
    """Give the enhanced status that a reply's first line begins with."""
    found = _ENHANCED.match(line)
    return _once(found.group(1)) if found else None


@functools.lru_cache(maxsize=1024)
def _once(text: str) -> str:
    """Give a text that comes again and again as the one that was kept first."""
    return text
