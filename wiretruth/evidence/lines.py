"""The lines of a witness that a finding rests on; they keep their numbers, for what is left out becomes an empty line."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from wiretruth.protocols.smtp.secrets import mechanism

_AUTH = re.compile(rb"(\bAUTH[ =]+)(\S+)(.*)", re.IGNORECASE | re.DOTALL)
_QUEUE_ID = re.compile(
    rb"(?<![\w.])(?=[\w-]*\d)(?:[0-9A-F]{8,16}|[0-9A-Za-z]{12,20}|[0-9A-Za-z]{6}(?:-[0-9A-Za-z]{2,11}){2})(?![\w.])"
)
"""Postfix short and long, sendmail and OpenSMTPD, Exim."""


def related(lines: Iterable[bytes], numbers: Collection[int]) -> frozenset[int]:
    """Add to lines those that name the same queue ids.

    Args:
        lines: the whole file.
        numbers: of lines that are wanted, from 1.
    """
    known = [(number, frozenset(_QUEUE_ID.findall(line))) for number, line in enumerate(lines, 1)]
    ids = frozenset().union(*(found for number, found in known if number in numbers))
    return frozenset(numbers) | {number for number, found in known if found & ids}


def kept(
    lines: Sequence[bytes], numbers: Collection[int] | None, mask: Callable[[bytes], bytes] = bytes
) -> Iterator[bytes]:
    """Give the lines of a file that are handed over, each with its end.

    Args:
        lines: the whole file, without their ends.
        numbers: of lines that are wanted, from 1; ``None``: all.
        mask: replaces names and addresses.
    """
    last = len(lines) if numbers is None else max(numbers, default=0)
    for number, line in enumerate(lines[:last], 1):
        wanted = numbers is None or number in numbers
        yield (mask(without_secrets(line)) if wanted else b"") + b"\n"


def without_secrets(line: bytes) -> bytes:
    """Overwrite what a line quotes of AUTH behind its mechanism."""
    found = _AUTH.search(line)
    if found is None:
        return line
    name, rest = found[2], found[3]
    known = mechanism(name) == name.decode("latin-1").upper()
    hidden = b"".join(b" " if octet == 0x20 else b"x" for octet in rest)  # noqa: PLR2004 - a blank
    return line[: found.start()] + found[1] + (name if known else b"x" * len(name)) + hidden
