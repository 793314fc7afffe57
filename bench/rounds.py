"""Rounds: every contestant once in each, so that a machine that slows down slows all of them."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.contestants import Contestant
from bench.costs import CommandError, Cost, cost
from bench.samples import sample, size, warmed


class Entry(NamedTuple):
    """A contestant, and the part of a capture that it is given."""

    contestant: Contestant
    capture: Path
    packets: int
    """In that part."""


class Result(NamedTuple):
    """What a contestant needed for a capture, run by run."""

    name: str
    costs: tuple[Cost, ...]
    """For the whole capture, extrapolated where only a part was read; empty where it failed."""
    sampled: int
    """Packets that were really read; 0: all."""
    failure: str = ""

    def median(self) -> Cost:
        """Give the median of each cost; of an even number of runs, the greater of the two in the middle."""
        middle = len(self.costs) // 2
        return Cost(*(sorted(column)[middle] for column in zip(*self.costs, strict=True)))


def extrapolated(part: Cost, start: Cost, ratio: float) -> Cost:
    """Give the cost of a whole capture *ratio* times the size of a part; the start is paid once, memory as measured."""
    return Cost(start.wall + (part.wall - start.wall) * ratio, start.cpu + (part.cpu - start.cpu) * ratio, part.peak)


def rounds(
    capture: Path, packets: int, contestants: Iterable[Contestant], runs: int, tell: Callable[[str], None]
) -> list[Result]:
    """Let all contestants read a capture, *runs* times; *tell* is told what is about to be done."""
    nothing = capture.with_suffix(".empty")
    sample(capture, nothing, 0)
    entries = [_entry(contestant, capture, packets) for contestant in contestants]
    costs: dict[str, list[Cost]] = {entry.contestant.name: [] for entry in entries}
    failures: dict[str, str] = {}
    for turn in range(runs):
        for entry in entries:
            name = entry.contestant.name
            if name in failures:
                continue
            tell(f"{turn + 1}/{runs} {name}")
            try:
                costs[name].append(_once(entry, packets, nothing))
            except (CommandError, OSError) as error:
                failures[name] = str(error)
    _removed({nothing, *(entry.capture for entry in entries)} - {capture})
    return [_result(entry, packets, costs, failures) for entry in entries]


def _entry(contestant: Contestant, capture: Path, packets: int) -> Entry:
    given = size(packets, contestant.share) if contestant.share < 1 else packets
    if given == packets:
        return Entry(contestant, capture, packets)
    part = capture.with_suffix(f".{given}")
    if not part.exists():
        sample(capture, part, given)
    return Entry(contestant, part, given)


def _once(entry: Entry, packets: int, nothing: Path) -> Cost:
    whole = _run(entry.contestant, entry.capture)
    if entry.packets == packets:
        return whole
    return extrapolated(whole, _run(entry.contestant, nothing), packets / entry.packets)


def _run(contestant: Contestant, capture: Path) -> Cost:
    folder = tempfile.mkdtemp(dir=capture.parent)
    try:
        warmed(capture)
        return cost(contestant.pipe(str(capture), folder))
    finally:
        shutil.rmtree(folder)


def _removed(parts: Sequence[Path] | set[Path]) -> None:
    for part in parts:
        part.unlink()


def _result(entry: Entry, packets: int, costs: dict[str, list[Cost]], failures: dict[str, str]) -> Result:
    name = entry.contestant.name
    sampled = 0 if entry.packets == packets else entry.packets
    if name in failures:
        return Result(name, (), sampled, failures[name])
    return Result(name, tuple(costs[name]), sampled)
