"""What iptables-save writes."""

from collections.abc import Iterator

from tests.fuzz.telling import tell
from tests.fuzz.written import committed, examples


def seeds() -> Iterator[bytes]:
    """Give the examples of the tests, and rules of the lab."""
    yield from committed("rules.txt")
    yield from examples("witnesses/test_iptables_save.py")
    yield from examples("witnesses/test_iptables_rule.py")


def check(octets: bytes) -> None:
    """Read it as ``--rules``."""
    tell("rules", octets)
