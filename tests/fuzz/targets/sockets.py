"""Socket tables."""

from collections.abc import Iterator

from tests.fuzz.telling import tell
from tests.fuzz.written import committed, examples


def seeds() -> Iterator[bytes]:
    """Give the examples of the tests."""
    yield from committed("sockets.txt")
    yield from examples("witnesses/test_sockets.py")


def check(octets: bytes) -> None:
    """Read it as ``--sockets``."""
    tell("sockets", octets)
