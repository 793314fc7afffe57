"""Files of pcapng: blocks, options, sections."""

from collections.abc import Iterator

from tests.fuzz.feeding import hold_feed
from tests.fuzz.target import corpus
from wiretruth.capture.pcapng import MAGICS, PcapngFeed


def seeds() -> Iterator[bytes]:
    """Give whole files."""
    for path in corpus(".pcapng", ".ntar"):
        octets = path.read_bytes()
        if octets.startswith(MAGICS):
            yield octets


def check(octets: bytes) -> None:
    """Any cut of the file gives the same frames and the same damage."""
    hold_feed(PcapngFeed, octets)
