"""What a fuzz target is: seeds, and a check that holds the code under test to its promises, whatever the octets are."""

import importlib
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Final, Protocol

from tests.conftest import SHARED
from wiretruth import discover

PROJECT: Final = Path(__file__).resolve().parents[2]
REGRESSIONS: Final = Path(__file__).parent / "regressions"
TARGETS: Final = "tests.fuzz.targets"

LONGEST: Final = 8_192
"""Octets of one input: enough for every structure, and small enough to be tried often."""
SLOWEST: Final = 4.0
"""Seconds of CPU time that one input may take: instrumented code is some five times slower than plain code."""

_SIZE: Final = 0x3FFF
_FIRST_FLAG, _SECOND_FLAG = 0x8000, 0x4000


class TooSlowError(AssertionError):
    """An input took longer than its size explains."""


class Check(Protocol):
    """Hold the promises for one input; any exception is a finding."""

    def __call__(self, octets: bytes, /) -> None: ...


def names() -> list[str]:
    """Name every target: the modules of ``targets``, each with ``seeds`` and ``check``."""
    return discover.names(importlib.import_module(TARGETS))


def target(name: str) -> ModuleType:
    """Give a target by its name; only what it needs is loaded."""
    return importlib.import_module(f"{TARGETS}.{name}")


def timed(check: Check, octets: bytes) -> None:
    """Check an input, and the time that it takes."""
    begun = time.process_time()
    check(octets)
    taken = time.process_time() - begun
    if taken > SLOWEST:
        raise TooSlowError(f"{taken:.1f} s of CPU time for {len(octets)} octets")


def regressions(name: str) -> list[Path]:
    """List what fuzzing found once."""
    return sorted((REGRESSIONS / name).glob("*"))


def sown(name: str, folder: Path, most: int | None = None) -> int:
    """Put the seeds and what was found before into the folder that a fuzzer begins with; give their number."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = {seed[:LONGEST] for seed in islice(target(name).seeds(), most)}
    inputs = seeds | {path.read_bytes() for path in regressions(name)}
    for number, octets in enumerate(sorted(inputs)):
        (folder / f"seed-{number}").write_bytes(octets)
    return len(inputs)


def corpus(*endings: str, longest: int = LONGEST) -> Iterator[Path]:
    """Give the small captures beside the project (none where they are not there) and those of the project."""
    for folder in (PROJECT / "pcaps", SHARED / "corpus"):
        for path in sorted(folder.rglob("*")):
            if path.name.endswith(endings) and "oracle" not in path.parts and 0 < path.stat().st_size <= longest:
                yield path


class Piece:
    """Some octets of an input, with two flags before them."""

    __slots__ = ("first", "octets", "second")

    def __init__(self, octets: bytes, *, first: bool = False, second: bool = False) -> None:
        self.octets = octets
        self.first = first
        self.second = second


def cut(octets: bytes) -> Iterator[Piece]:
    """Cut an input into pieces: two octets say how long each is, and its flags."""
    position = 0
    while position + 2 <= len(octets):
        head = int.from_bytes(octets[position : position + 2])
        position += 2
        piece = octets[position : position + (head & _SIZE)]
        position += len(piece)
        yield Piece(piece, first=bool(head & _FIRST_FLAG), second=bool(head & _SECOND_FLAG))


def joined(pieces: Iterable[Piece], longest: int = LONGEST) -> bytes:
    """Make the input that is cut into these pieces, as far as there is room."""
    octets = bytearray()
    for piece in pieces:
        head = min(len(piece.octets), _SIZE) | _FIRST_FLAG * piece.first | _SECOND_FLAG * piece.second
        if len(octets) + 2 + len(piece.octets) > longest:
            break
        octets += head.to_bytes(2) + piece.octets[:_SIZE]
    return bytes(octets)


def harmless(text: str) -> None:
    """Text that came from outside shows as it is: nothing in it moves a cursor, and it can be written."""
    assert text.isprintable(), ascii(text)
    text.encode()
