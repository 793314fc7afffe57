"""Files of classic pcap, every variant of it."""

from collections.abc import Iterator

from tests.fuzz.feeding import hold_feed
from tests.fuzz.target import corpus
from wiretruth.capture.pcap import MAGICS, PcapFeed


def seeds() -> Iterator[bytes]:
    """Give whole files."""
    for path in corpus(".pcap", ".cap", ".dmp"):
        octets = path.read_bytes()
        if octets.startswith(MAGICS):
            yield octets


def check(octets: bytes) -> None:
    """Any cut of the file gives the same frames and the same damage."""
    hold_feed(PcapFeed, octets)
