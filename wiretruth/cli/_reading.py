"""Couples the doors in with the engine: captures are opened, read batch by batch, and judged."""

import gc
from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from itertools import chain
from typing import NamedTuple

from wiretruth.cli import _jobs
from wiretruth.cli._logs import read_logs
from wiretruth.cli._progress import Progress
from wiretruth.cli._window import Window
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.witness_reading import ReadWitness
from wiretruth.engine.yielded import Ending, Yielded
from wiretruth.errors import InputError
from wiretruth.model.report import Report
from wiretruth.sources.arguments import InputArgument, parse_argument
from wiretruth.sources.arrays import give_back
from wiretruth.sources.files import CaptureSource
from wiretruth.sources.following import Ended, FollowedSource
from wiretruth.sources.joining import GapError, JoinedSource, OverlapError
from wiretruth.sources.planning import Learnt, opened, planned

COLLECT_AFTER = 100_000
"""Objects made between two searches for cycles: reading makes millions that are kept, and hardly a cycle. Python's own 700
cost a third of the time."""


class Wanted(NamedTuple):
    """What to read of the captures."""

    window: Window = Window()
    hosts: tuple[str, ...] = ()
    every_connection: bool = False
    every_lookup: bool = False
    heard: tuple[ReadWitness, ...] = ()
    """What other witnesses than the wire say."""
    digests: bool = True
    """Take the SHA-256 of streams: only the record list ``dialogues`` shows it."""
    logs: tuple[str, ...] = ()
    """Mail logs, named as captures are."""
    log_zone: tzinfo | None = None
    """Of times in them without one."""
    ended: Ended | None = None
    """Where the one capture is followed while it grows: tells when that ends."""
    every_delivery: bool = True
    """Tell, or list, mail with which nothing was wrong; otherwise it is counted."""
    headers: bool = False
    """Keep the header sections of messages."""

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
        return Settings(
            start,
            end,
            self.hosts,
            self.every_connection,
            self.every_lookup,
            every_delivery=self.every_delivery or bool(self.heard or self.logs or self.hosts),
            digests=self.digests,
            headers=self.headers,
        )


def read(captures: Sequence[str], wanted: Wanted, progress: Progress, jobs: int | None = 1) -> Report:
    """Read the captures and judge what they hold.

    Args:
        captures: paths, patterns or directories, ``-`` for standard input, each with ``label=`` before it where the user named
            it.
        wanted: what to read of them.
        progress: is told how far the reading is.
        jobs: captures read at the same time; ``None``: as many as pay.

    Raises:
        InputError: a capture cannot be read.
    """
    gc.set_threshold(COLLECT_AFTER)
    if wanted.ended is not None:
        return _in_turn([parse_argument(captures[0])], wanted, progress)
    learnt = Learnt()
    while True:
        arguments = planned(captures, learnt)
        number = _jobs.count(jobs, arguments)
        try:
            return (
                _together(arguments, wanted, progress, number) if number > 1 else _in_turn(arguments, wanted, progress)
            )
        except OverlapError as overlap:
            learnt = learnt._replace(overlapping=learnt.overlapping | {str(overlap)})
        except GapError as gap:
            learnt = learnt._replace(broken=learnt.broken | {str(gap)})


def _in_turn(arguments: Sequence[InputArgument], wanted: Wanted, progress: Progress) -> Report:
    analysis: Analysis | None = None
    for argument in arguments:
        analysis = _read_next(argument, analysis, wanted, progress)
    give_back()
    return _judged(analysis or Analysis(), wanted, progress)


def _read_next(argument: InputArgument, analysis: Analysis | None, wanted: Wanted, progress: Progress) -> Analysis:
    with _opened(argument, wanted.ended) as source:
        batches = source.batches()
        first = next(batches, None)
        analysis = analysis or Analysis(wanted.settings(argument.path, first.times[0] if first else None))
        progress.begin(argument.label, source.total)
        analysis.open(argument.label, argument.path)
        for batch in chain((first,) if first else (), batches):
            analysis.receive(batch)
            progress.at(source.octets_read)
        analysis.close(_ending(source))
    return analysis


def _together(arguments: Sequence[InputArgument], wanted: Wanted, progress: Progress, jobs: int) -> Report:
    settings = wanted.settings(arguments[0].path, _first_moment(arguments[0]))
    progress.begin(f"{len(arguments)} captures", _jobs.size(arguments))
    analysis = Analysis(settings)
    for read_elsewhere in _jobs.each(partial(_read_one, settings), arguments, jobs, progress.at):
        analysis.add(read_elsewhere)
    return _judged(analysis, wanted, progress)


def _judged(analysis: Analysis, wanted: Wanted, progress: Progress) -> Report:
    for heard in wanted.heard:
        analysis.hear(heard)
    read_logs(wanted.logs, wanted.log_zone, analysis, progress)
    return analysis.finish()


def _read_one(settings: Settings, place: int, argument: InputArgument, tell: _jobs.Tell) -> Yielded:
    reading = Reading(settings, argument.label, argument.path, place)
    with opened(argument) as source:
        for batch in source.batches():
            reading.receive(batch)
            tell(source.octets_read)
        return reading.finish(_ending(source))


def _first_moment(argument: InputArgument) -> int | None:
    with opened(argument) as source:
        first = next(source.batches(), None)
        return first.times[0] if first else None


def _opened(argument: InputArgument, ended: Ended | None) -> CaptureSource | JoinedSource | FollowedSource:
    return opened(argument) if ended is None else FollowedSource(argument.path, ended)


def _ending(source: CaptureSource | JoinedSource | FollowedSource) -> Ending:
    files = None if isinstance(source, CaptureSource) else source.files
    return Ending(source.format, source.faults, source.cut_off, source.kernel_drops, files)
