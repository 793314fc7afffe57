"""Files of snoop."""

from collections.abc import Iterator

from tests.capture import forge
from tests.fuzz.feeding import hold_feed
from tests.fuzz.target import corpus
from wiretruth.capture.snoop import MAGICS, SnoopFeed


def seeds() -> Iterator[bytes]:
    """Give whole files, and the one of the tests."""
    yield forge.snoop()
    for path in corpus(".snoop"):
        octets = path.read_bytes()
        if octets.startswith(MAGICS):
            yield octets


def check(octets: bytes) -> None:
    """Any cut of the file gives the same frames and the same damage."""
    hold_feed(SnoopFeed, octets)
