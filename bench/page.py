"""``docs/reference/performance.md``: the figures of one sitting, and how they were come by."""

from collections.abc import Iterator
from typing import Final

from bench import machine, tables, targets
from bench.contestants import CONTESTANTS
from bench.sitting import Reading, Sitting

_OPENING: Final = """# Performance

<!-- Written by `make bench`; change it in bench/. -->

How long wiretruth needs for captures of three kinds, and what its peers need for the same files on the same machine.
Read the ratios, not the seconds: another machine has other seconds.
"""
_TARGETS: Final = """## Targets

Ratios of wall time, and what they would be in CPU time.
They are set for captures of the full size: in smaller ones the start of each program weighs more, and memory less, so that a limit of memory stays open.
`÷ 25` means a twenty-fifth of that reader's time.
"""
_METHOD: Final = """## How it was measured

- `make bench` makes the captures (`SCALE=0.1` for a tenth of the size); they are the same on every machine.
- In each round every reader reads the whole file once, and before it the file is read into the page cache. Shown is the median of the rounds, and the fastest and slowest wall time.
- CPU is user and system time of all processes of a pipe. Peak is resident memory, added up over the processes of a pipe; nothing under {floor:.0f} MiB can be told, the size of the program that measures.
- "(from … packets)": the reader got only the first packets, and its time is extrapolated: what the start costs once, the rest in proportion. Its memory is that of the part.
- A ratio is the reader's time by wiretruth's: above 1, wiretruth is faster.
- The readers do different things. What wiretruth does, none of the others does; that `tcpdump` is faster is no news, and how much faster is the question.
"""
_GROWTH: Final = """## Growth

wiretruth alone, on the gateway's capture in growing sizes: time a packet and memory should stay where they are.
"""


def page(sitting: Sitting) -> str:
    """Give the page in Markdown."""
    return "\n".join(_sections(sitting))


def _sections(sitting: Sitting) -> Iterator[str]:
    yield _OPENING
    yield _occasion(sitting)
    yield f"{_TARGETS}\n{tables.markdown(targets.rows(sitting))}"
    for reading in sitting.readings:
        yield _reading(reading, sitting.floor)
    if sitting.growth:
        yield f"{_GROWTH}\n{tables.markdown(tables.growth(sitting))}"
    yield _readers(sitting)
    yield _METHOD.format(floor=sitting.floor)


def _occasion(sitting: Sitting) -> str:
    before, after = sitting.load
    lines = [
        f"Measured on {sitting.date} UTC, at {sitting.scale:g} times the full size, rounds: {sitting.runs}.",
        *(f"{line}." for line in sitting.machine),
        f"Load average of the machine before: {before:.1f}; after: {after:.1f}.",
    ]
    if before > machine.IDLE:
        lines.append("**The machine was busy with other work: these figures are provisional.**")
    return "".join(f"{line}\n" for line in lines)


def _reading(reading: Reading, floor: float) -> str:
    size = f"Here: {reading.packets:,} packets, {reading.octets / 1e6:,.0f} MB."
    title = reading.workload.capitalize()
    table = tables.markdown(tables.costs(reading, floor))
    failures = tables.failures(reading)
    return f"## {title}\n\nAt full size: {reading.holds}.\n{size}\n\n{table}" + (f"\n{failures}" if failures else "")


def _readers(sitting: Sitting) -> str:
    rows = [("reader", "version", "what it does")]
    rows += [(c.name, sitting.versions[c.name], c.does) for c in CONTESTANTS if c.name in sitting.versions]
    absent = f"\nNot installed here: {', '.join(sitting.absent)}.\n" if sitting.absent else ""
    return f"## Readers\n\n{tables.markdown(rows)}{absent}"
