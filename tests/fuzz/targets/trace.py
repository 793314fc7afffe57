"""Traces of packets through rules."""

from collections.abc import Iterator

from tests.fuzz.telling import tell
from tests.fuzz.written import committed, examples


def seeds() -> Iterator[bytes]:
    """Give the examples of the tests."""
    yield from committed("trace.txt")
    yield from examples("witnesses/test_trace.py")


def check(octets: bytes) -> None:
    """Read it as ``--rules``."""
    tell("rules", octets)
