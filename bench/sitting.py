"""All that one call of the benchmark measured."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench.contestants import WIRETRUTH
from bench.rounds import Result


class Reading(NamedTuple):
    """One capture, read by all."""

    workload: str
    holds: str
    packets: int
    octets: int
    results: Sequence[Result]

    def of(self, name: str) -> Result | None:
        """Find what a contestant needed; None where it took no part or failed."""
        return next((result for result in self.results if result.name == name and result.costs), None)


class Sitting(NamedTuple):
    """What was measured, when, and on what."""

    date: str
    """UTC, to the minute."""
    load: tuple[float, float]
    """Load averages of the machine before and after."""
    scale: float
    """1: captures of the full size."""
    runs: int
    machine: Sequence[str]
    versions: Mapping[str, str]
    """Of the contestants that are installed."""
    absent: Sequence[str]
    """Contestants that are not."""
    readings: Sequence[Reading]
    floor: float
    """MiB: what measures is that large itself, and no peak below it can be told."""
    growth: Sequence[Reading] = ()
    """wiretruth alone, on one workload in growing sizes."""

    def of(self, workload: str) -> Reading | None:
        """Find the reading of a workload."""
        return next((reading for reading in self.readings if reading.workload == workload), None)


def ratio(reading: Reading, name: str) -> tuple[float, float] | None:
    """Give how many times wiretruth's wall and processor time a contestant needed; None where one of them is missing."""
    own, other = reading.of(WIRETRUTH), reading.of(name)
    if own is None or other is None:
        return None
    ours, theirs = own.median(), other.median()
    return theirs.wall / ours.wall, theirs.cpu / ours.cpu
