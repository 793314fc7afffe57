"""Captures to measure with, made the same way each time: a gateway, a mail server, a resolver.

Every capture is a pcap of Ethernet frames. What varies comes from one seeded generator; what a workload holds is told by
its name in ``WORKLOADS``. Sizes scale with ``packets``.
"""

import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.conversations import both_addresses, download, mail, question
from bench.frames import Frames

SEED: Final = 20261120
START: Final = 1_795_200_000_000_000
"""Microseconds since the Unix epoch."""
STEP: Final = 7
"""Microseconds from one packet to the next: some 800 Mbit/s at the gateway."""
CONCURRENT: Final = 500
"""Conversations under way at once; fewer in a small capture, or most of it would be their ends."""

PCAP_HEADER: Final = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
_RECORD: Final = struct.Struct("<IIII")
_BUFFER: Final = 1 << 20

Maker = Callable[[int, random.Random], Frames]


def gateway(number: int, rng: random.Random) -> Frames:
    """2% of the packets are SMTP connections, 3% DNS, the rest downloads."""
    place = number * 377 % 1000
    if place < 23:  # noqa: PLR2004 - conversations in a thousand, some 60 packets each
        return mail(number, rng)
    if place < 453:  # noqa: PLR2004 - the next 430 in a thousand, 4 packets each
        return both_addresses(number, rng)
    return download(number, rng)


WORKLOADS: Final[dict[str, tuple[Maker, int]]] = {
    "gateway": (gateway, 3_000_000),
    "mail server": (mail, 1_000_000),
    "resolver": (question, 1_000_000),
}
"""Maker of one conversation, and the packets of the full size."""


def interleaved(make: Maker, packets: int) -> Frames:
    """Give the frames of conversations under way at once, one to three of each in turn; at least *packets*."""
    rng = random.Random(SEED)
    concurrent = max(1, min(CONCURRENT, packets // 400))
    under_way: list[Frames] = []
    number = given = 0
    while given < packets or under_way:
        while len(under_way) < concurrent and given < packets:
            under_way.append(make(number, rng))
            number += 1
        place = int(rng.random() * len(under_way))
        for _ in range(int(rng.random() * 3) + 1):
            frame = next(under_way[place], None)
            if frame is None:
                under_way[place] = under_way[-1]
                under_way.pop()
                break
            yield frame
            given += 1


def write_frames(path: Path, frames: Frames) -> int:
    """Write a capture, ``STEP`` microseconds between its packets, and give their number."""
    at, number = START, 0
    with path.open("wb", buffering=_BUFFER) as out:
        out.write(PCAP_HEADER)
        for number, frame in enumerate(frames, 1):  # noqa: B007 - the last number is the answer
            at += STEP
            size = len(frame)
            out.write(_RECORD.pack(at // 1_000_000, at % 1_000_000, size, size) + frame)
    return number


def write(path: Path, make: Maker, packets: int) -> None:
    """Write a capture of about *packets* packets."""
    write_frames(path, interleaved(make, packets))
