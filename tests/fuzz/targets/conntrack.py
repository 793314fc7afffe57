"""Connection tracking: tables and events, plain and as XML."""

from collections.abc import Iterator

from tests.fuzz.telling import tell
from tests.fuzz.written import committed, examples


def seeds() -> Iterator[bytes]:
    """Give the examples of the tests, and tables of the lab."""
    yield from committed("conntrack.txt")
    yield from examples("witnesses/test_conntrack.py")
    yield from examples("witnesses/test_conntrack_xml.py")


def check(octets: bytes) -> None:
    """Read it as ``--conntrack``."""
    tell("conntrack", octets)
