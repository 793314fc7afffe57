"""Couples the doors in with the engine: captures are opened, read batch by batch, and judged."""

import gc
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from wiretruth.cli._progress import Progress
from wiretruth.cli._window import Window
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.errors import InputError
from wiretruth.model.frames import FrameBatch
from wiretruth.model.report import Report
from wiretruth.sources.arguments import InputArgument, parse_arguments
from wiretruth.sources.files import CaptureSource

COLLECT_AFTER = 100_000
"""Objects made between two searches for cycles: reading makes millions that are kept, and hardly a cycle. Python's own 700
cost a third of the time."""


class Wanted(NamedTuple):
    """What to read of the captures."""

    window: Window = Window()
    hosts: tuple[str, ...] = ()
    every_connection: bool = False

    def settings(self, path: str, first: int | None) -> Settings:
        """Give the engine's settings.

        Args:
            path: the first input, for a complaint.
            first: when its first frame was seen; ``None`` where it has none.

        Raises:
            InputError: the window has no day, and the input cannot give it one.
        """
        if first is None and not self.window.dated:
            raise InputError(path, "holds no packet to take the day from", "give --from and --to with their date")
        start, end = self.window.resolved(first or 0)
        return Settings(start, end, self.hosts, self.every_connection)


def read(captures: Sequence[str], wanted: Wanted, progress: Progress) -> Report:
    """Read the captures one after the other and judge what they hold.

    Args:
        captures: paths, ``-`` for standard input, each with ``label=`` before it where the user named it.
        wanted: what to read of them.
        progress: is told how far the reading is.

    Raises:
        InputError: a capture cannot be read.
    """
    gc.set_threshold(COLLECT_AFTER)
    analysis: Analysis | None = None
    for argument in parse_arguments(captures):
        with CaptureSource(argument.path) as source:
            batches = source.batches()
            first = next(batches, None)
            analysis = analysis or Analysis(wanted.settings(argument.path, first.times[0] if first else None))
            progress.begin(argument.label, source.total)
            _feed(analysis, argument, source, chain((first,) if first else (), batches), progress)
    return (analysis or Analysis()).finish()


def _feed(
    analysis: Analysis,
    argument: InputArgument,
    source: CaptureSource,
    batches: chain[FrameBatch],
    progress: Progress,
) -> None:
    analysis.open(argument.label, argument.path)
    for batch in batches:
        analysis.receive(batch)
        progress.at(source.octets_read)
    analysis.close(Ending(source.format, source.faults, source.cut_off, source.kernel_drops))
