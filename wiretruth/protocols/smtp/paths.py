"""Reverse-path and forward-path (RFC 5321 §4.1.2), as strict as the RFC and as loose as the world."""

import re
from typing import NamedTuple

from wiretruth.octets import printable

_KEYWORD = re.compile(rb"\s*(?:FROM|TO)?\s*:?\s*", re.IGNORECASE)
"""``MAIL FROM <a@b>`` and ``RCPT TO: a@b`` are seen in the wild."""

_ATOMS = rb'(?:[^"\\<>\s]++|\\.|"(?:[^"\\]|\\.)*+"?)*+'
"""A path without blanks outside of quoted strings; the alternatives begin differently, so nothing is tried twice."""

_BRACKETED = re.compile(rb"<\s*+<*+(" + _ATOMS + rb")\s*+>", re.DOTALL)
_BARE = re.compile(rb"<*(" + _ATOMS + rb")", re.DOTALL)
_SOURCE_ROUTE = re.compile(rb"@[^:\s]*:")
"""RFC 5321 §4.1.2 A-d-l: to be accepted and ignored."""


class Path(NamedTuple):
    """A path and what follows it."""

    mailbox: str
    """Without brackets and source route, escaped; ``""`` for the null path."""
    bracketed: bool
    """The RFC's angle brackets were there."""


def parse_path(argument: bytes) -> Path:
    """Read the path of MAIL or RCPT out of all that follows the verb; ESMTP parameters behind it are left aside.

    Source: RFC 5321 §4.1.1.2, §4.1.1.3, §4.1.2; UTF-8 as of RFC 6531 §3.3.
    """
    keyword = _KEYWORD.match(argument)
    start = keyword.end() if keyword else 0
    opening = argument.find(b"<", start)
    found = None
    if opening >= 0 and not argument[start:opening].count(b"@"):
        found = _BRACKETED.match(argument, opening)
    bracketed = found is not None
    if found is None:
        found = _BARE.match(argument, start)
    octets = found.group(1) if found else b""
    route = _SOURCE_ROUTE.match(octets)
    return Path(printable(octets[route.end() :] if route else octets), bracketed)
