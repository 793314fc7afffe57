"""The command ``python -m bench``."""

import sys
from pathlib import Path

from bench import tables, targets
from bench.measuring import measured
from bench.options import parsed
from bench.page import page
from bench.sitting import Sitting

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


def main() -> int:
    """Measure and tell; the page is written where it is asked for. Gives the exit status."""
    options = parsed()
    try:
        sitting = measured(options, tell=_progress)
    except OSError as error:
        sys.stderr.write(f"{error}\nanother folder: --directory; smaller captures: --scale\n")
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    sys.stdout.write(told(sitting))
    if options.page:
        Path(options.page).write_text(page(sitting), encoding="utf-8")
    return 0


def told(sitting: Sitting) -> str:
    """Give all figures as plain text."""
    parts = [
        f"{reading.workload}: {reading.packets:,} packets, {reading.octets / 1e6:,.0f} MB\n"
        f"{tables.plain(tables.costs(reading, sitting.floor))}{tables.failures(reading)}"
        for reading in sitting.readings
    ]
    if sitting.growth:
        parts.append(f"growth\n{tables.plain(tables.growth(sitting))}")
    parts.append(f"targets\n{tables.plain(targets.rows(sitting))}")
    return "\n".join(parts)


def _progress(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
