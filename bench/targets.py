"""What wiretruth set out to reach, beside what it reached."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bench.contestants import TCPDUMP, TSHARK, WIRETRUTH
from bench.sitting import Sitting, ratio
from bench.tables import number


class Target(NamedTuple):
    """A ratio of wall times that is wanted."""

    workload: str
    peer: str
    slower: bool
    """True: wiretruth may need that many times the peer's time; False: the peer's must be that many times ours."""
    wanted: float
    goal: float


TARGETS: Final[Sequence[Target]] = (
    Target("gateway", TCPDUMP, slower=True, wanted=3, goal=2),
    Target("gateway", TSHARK, slower=False, wanted=25, goal=40),
    Target("mail server", TSHARK, slower=False, wanted=10, goal=20),
    Target("resolver", TSHARK, slower=False, wanted=10, goal=20),
)
MEMORY: Final = (250.0, 150.0)
"""MiB: wanted, goal; on each of the workloads of ``TARGETS``."""
NOT_MEASURED: Final = "not measured"
OPEN: Final = "open"
"""Memory of a smaller capture says nothing good about that of the whole."""


def verdict(reached: float, wanted: float, goal: float) -> str:
    """Say in words how far it went; where the goal is the smaller number, smaller is better."""
    sign = 1 if goal < wanted else -1
    if sign * reached <= sign * goal:
        return "goal reached"
    return "reached" if sign * reached <= sign * wanted else "**not reached**"


def rows(sitting: Sitting) -> Iterator[Sequence[str]]:
    """Give a heading, and for each target: workload, what was wanted, the goal, wall, processor time, verdict."""
    size = "" if sitting.scale == 1 else f", at {sitting.scale:g}× the size"
    yield "workload", "target", "goal", "reached", "in CPU time", f"verdict{size}"
    for target in TARGETS:
        yield _of_time(sitting, target)
    for workload in dict.fromkeys(target.workload for target in TARGETS):
        yield _of_memory(sitting, workload)


def _of_time(sitting: Sitting, target: Target) -> Sequence[str]:
    words = f"at most {target.wanted:g}× {target.peer}" if target.slower else f"{target.peer} ÷ {target.wanted:g}"
    goal = f"{target.goal:g}×" if target.slower else f"÷ {target.goal:g}"
    reading = sitting.of(target.workload)
    found = ratio(reading, target.peer) if reading else None
    if found is None:
        return target.workload, words, goal, NOT_MEASURED, "", ""
    wall, cpu = (1 / each if target.slower else each for each in found)
    mark = "{}×" if target.slower else "÷ {}"
    reached = [mark.format(number(each)) for each in (wall, cpu)]
    return target.workload, words, goal, *reached, verdict(wall, target.wanted, target.goal)


def _of_memory(sitting: Sitting, workload: str) -> Sequence[str]:
    wanted, goal = MEMORY
    reading = sitting.of(workload)
    own = reading.of(WIRETRUTH) if reading else None
    limits = (f"peak below {wanted:.0f} MiB", f"{goal:.0f} MiB")
    if own is None:
        return workload, *limits, NOT_MEASURED, "", ""
    peak = own.median().peak
    words = OPEN if sitting.scale < 1 and peak <= wanted else verdict(peak, wanted, goal)
    return workload, *limits, f"{peak:.0f} MiB", "", words
