"""One sitting: captures are made, read and removed, one at a time."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from bench import machine
from bench.captures import CAPTURES
from bench.contestants import CONTESTANTS, WIRETRUTH, Contestant
from bench.costs import KIB_PER_MIB
from bench.options import Options
from bench.rounds import rounds
from bench.sitting import Reading, Sitting

GROWTH: Final = (0.1, 0.3, 1.0)
"""Sizes of the growing capture, of the scale that was asked for."""

Tell = Callable[[str], None]


class Bench(NamedTuple):
    """Where captures lie while they are read, and what was asked for."""

    folder: Path
    options: Options
    tell: Tell

    def reading(self, name: str, scale: float, contestants: Sequence[Contestant]) -> Reading:
        """Make a capture and let the contestants read it."""
        path = self.folder / f"{name.replace(' ', '-')}-{scale:g}.pcap"
        self.tell(f"{name}: making {scale:g} times the full size")
        packets = made(name, scale, path)
        results = rounds(path, packets, contestants, self.options.runs, lambda words: self.tell(f"{name}: {words}"))
        octets = path.stat().st_size
        if not self.options.keep:
            path.unlink()
        return Reading(name, CAPTURES[name].holds, packets, octets, results)


def measured(options: Options, tell: Tell) -> Sitting:
    """Measure all that is asked for.

    Raises: OSError where a capture could not be made.
    """
    before, date = machine.load(), datetime.now(UTC)
    asked = [contestant for contestant in CONTESTANTS if contestant.name in options.contestants]
    versions = {contestant.name: contestant.version() for contestant in asked}
    present = [contestant for contestant in asked if versions[contestant.name] is not None]
    own = [contestant for contestant in present if contestant.name == WIRETRUTH]
    with _folder(options, tell) as folder:
        bench = Bench(folder, options, tell)
        readings = [bench.reading(name, options.scale, present) for name in options.workloads]
        sizes = [options.scale * part for part in GROWTH] if options.growth else []
        growth = [bench.reading("gateway", scale, own) for scale in sizes]
    return Sitting(
        date=f"{date:%Y-%m-%d %H:%M}",
        load=(before, machine.load()),
        scale=options.scale,
        runs=options.runs,
        machine=list(machine.described()),
        versions={name: version for name, version in versions.items() if version is not None},
        absent=[name for name, version in versions.items() if version is None],
        readings=readings,
        floor=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB,
        growth=growth,
    )


@contextmanager
def _folder(options: Options, tell: Tell) -> Iterator[Path]:
    """Give a folder for captures that is gone afterwards, unless it is to be kept."""
    if options.keep:
        folder = Path(tempfile.mkdtemp(prefix="bench-", dir=options.directory))
        tell(f"captures stay in {folder}")
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.directory) as name:
        yield Path(name)


def made(name: str, scale: float, path: Path) -> int:
    """Write a capture and give its packets; in a process of its own, as the size of this one is measured with others'.

    Raises: OSError with the last word of that process.
    """
    command = [sys.executable, "-m", "bench.captures", name, str(scale), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"the capture of {name} could not be made: {done.stderr.strip().rpartition(chr(10))[2]}")
    return int(done.stdout)
