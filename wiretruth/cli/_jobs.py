"""Several captures read at the same time, each in a process of its own: what they give is the same as one after the other."""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

from wiretruth.errors import InputError
from wiretruth.sources.arguments import InputArgument
from wiretruth.sources.blocks import STANDARD_INPUT

WORTHWHILE: Final = 32 << 20
"""Octets in all from which on another process saves more than it costs to start it and to hand its results over."""

_START: Final = "fork" if sys.platform == "linux" else None
"""Where it is safe, a copy of this process is at work at once; elsewhere Python starts afresh."""

Result = TypeVar("Result")
Tell = Callable[[int], None]
"""Takes the octets read so far."""
Work = Callable[[int, InputArgument, Tell], Result]
"""Takes the place of a capture among all, and the capture."""


def count(asked: int | None, arguments: Sequence[InputArgument]) -> int:
    """Tell how many captures to read at the same time.

    Args:
        asked: by the user; ``None``: as many as there are processors, where the captures are big enough.
        arguments: the captures. Standard input has one reader, so it is never read beside others.
    """
    if any(argument.path == STANDARD_INPUT for argument in arguments):
        return 1
    if asked is None:
        asked = _processors() if size(arguments) >= WORTHWHILE else 1
    return min(asked, len(arguments))


def size(arguments: Sequence[InputArgument]) -> int:
    """Give the octets of all captures that are files."""
    paths = (Path(path) for argument in arguments for path in argument.paths)
    return sum(path.stat().st_size for path in paths if path.is_file())


def _processors() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def each(work: Work[Result], arguments: Sequence[InputArgument], jobs: int, tell: Tell) -> list[Result]:
    """Do the work for each capture, *jobs* of them at the same time.

    Args:
        work: reads one capture; what it gives is handed over by pickling.
        arguments: the captures.
        jobs: processes at work at once.
        tell: is told the octets read of all captures together.

    Returns: the results in the order of the captures.
    Raises: the error of the first capture, in their order, whose work raised one.
    """
    with _Crew(work, arguments, tell) as crew:
        crew.take_up(jobs)
        while crew.at_work:
            crew.listen()
            crew.take_up(jobs)
        return crew.results()


class _Crew(Generic[Result]):
    """The processes at work, and what they have said so far."""

    def __init__(self, work: Work[Result], arguments: Sequence[InputArgument], tell: Tell) -> None:
        self._work = work
        self._arguments = arguments
        self._tell = tell
        self._next = 0
        self._processes: dict[Connection, tuple[int, BaseProcess]] = {}
        self._read = [0] * len(arguments)
        self._results: dict[int, Result] = {}
        self._failed: tuple[int, BaseException] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, process in self._processes.values():
            process.terminate()
            process.join()

    @property
    def at_work(self) -> bool:
        """Somebody whose result matters has not given it."""
        last = len(self._arguments) if self._failed is None else self._failed[0]
        return any(place < last for place, _ in self._processes.values())

    def take_up(self, jobs: int) -> None:
        """Begin the next captures, as long as hands are free and no capture has failed."""
        while len(self._processes) < jobs and self._next < len(self._arguments) and self._failed is None:
            context = multiprocessing.get_context(_START)
            ours, theirs = context.Pipe(duplex=False)
            args = (self._work, self._next, self._arguments[self._next], theirs)
            process = context.Process(target=_do, args=args, daemon=True)
            process.start()
            theirs.close()
            self._processes[ours] = (self._next, process)
            self._next += 1

    def listen(self) -> None:
        """Wait for somebody to say something, and take it in."""
        for ours in wait(list(self._processes)):
            if isinstance(ours, Connection):
                self._hear(ours)
        self._tell(sum(self._read))

    def results(self) -> list[Result]:
        """Give all results in order, or raise the first failure."""
        if self._failed is not None:
            raise self._failed[1]
        return [self._results[place] for place in range(len(self._arguments))]

    def _hear(self, ours: Connection) -> None:
        place, process = self._processes[ours]
        try:
            said = ours.recv()
        except EOFError:
            path = self._arguments[place].path
            said = InputError(path, "was not read to its end: the process that read it was killed", "try --jobs 1")
        if isinstance(said, int):
            self._read[place] = said
            return
        del self._processes[ours]
        ours.close()
        process.join()
        if not isinstance(said, BaseException):
            self._results[place] = said[0]
        elif self._failed is None or place < self._failed[0]:
            self._failed = (place, said)


def _do(work: Work[Result], place: int, argument: InputArgument, theirs: Connection) -> None:
    """Work in a process of one's own; the parent answers Ctrl-C for all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        try:
            theirs.send((work(place, argument, theirs.send),))
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
            theirs.send(error)
