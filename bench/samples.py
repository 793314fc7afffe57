"""The first packets of a capture, for peers that would need hours for all of them."""

import struct
from pathlib import Path
from typing import Final

from bench.workloads import PCAP_HEADER

LEAST: Final = 20_000
"""Packets: fewer tell the start of a program, not its pace."""

_RECORD: Final = struct.Struct("<8xI4x")
_AT_ONCE: Final = 1 << 20


def warmed(capture: Path) -> None:
    """Read a capture once, so that it is in the page cache for whoever comes next."""
    block = bytearray(_AT_ONCE)
    with capture.open("rb", buffering=0) as file:
        while file.readinto(block):
            pass


def size(packets: int, share: float) -> int:
    """Give the packets of a sample: a share, but enough to tell a pace."""
    return min(packets, max(LEAST, round(packets * share)))


def sample(capture: Path, path: Path, packets: int) -> None:
    """Write the first packets of a capture; with none of them, a capture that has only its header."""
    with capture.open("rb") as whole, path.open("wb") as out:
        out.write(whole.read(len(PCAP_HEADER)))
        for _ in range(packets):
            head = whole.read(_RECORD.size)
            out.write(head + whole.read(*_RECORD.unpack(head)))
