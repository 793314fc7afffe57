"""The authentication header (RFC 4302 §2): what it protects stands behind it, in clear."""

from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.wire.damage import too_short

PROTOCOL = 51

_LEAST = 12


class Authenticated(NamedTuple):
    """What stands behind the header."""

    protocol: int
    begin: int
    faults: tuple[Fault, ...]
    """The header is cut: protocol and place are its own."""


def skip(octets: bytes, begin: int, stop: int) -> Authenticated:
    """Read the header at *begin*; the captured octets of the packet end at *stop*."""
    size = max((octets[begin + 1] + 2) * 4, _LEAST) if stop - begin >= _LEAST else _LEAST
    if stop - begin < size:
        return Authenticated(PROTOCOL, begin, (too_short("authentication header", begin, size, stop - begin),))
    return Authenticated(octets[begin], begin + size, ())
