"""Frames as inputs: their link type in the first octet, then each frame as a piece."""

from collections.abc import Callable, Iterator
from functools import cache

from tests.fuzz.target import LONGEST, Piece, corpus, joined
from tests.mutations import load
from wiretruth.wire.link_types import decoders


@cache
def link_types() -> list[int]:
    """Give every link type that is read, in an order that the first octet chooses from."""
    return sorted(decoders())


def link_type(octet: int) -> int:
    """Choose a link type."""
    return link_types()[octet % len(link_types())]


def recorded(frames: int, longest: int = LONGEST, wanted: Callable[[int], bool] = bool) -> Iterator[bytes]:
    """Give the first frames of captures; *wanted* chooses them by their size."""
    seen = dict[int, int]()
    for path in corpus(".pcap", ".pcapng", ".cap", longest=60_000):
        tape = load(path)
        if tape is None or tape.link_type not in decoders() or not wanted(path.stat().st_size):
            continue
        seen[tape.link_type] = seen.get(tape.link_type, 0) + 1
        if seen[tape.link_type] <= MOST:
            chosen = (Piece(f.octets, first=f.original > len(f.octets)) for f in tape.frames[:frames])
            yield bytes((link_types().index(tape.link_type),)) + joined(chosen, longest - 1)


MOST = 40
"""Captures of one link type: more of them add little."""
