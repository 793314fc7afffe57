"""Work on a copy of this process: the copy may end what the original goes on with."""

import contextlib
import gc
import os
import pickle
import select
import signal
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

PATIENCE: Final = 300.0
"""Seconds after which a copy is ended: the window is too large for this machine, or something is wrong with it."""

_PIECE: Final = 1 << 20


class Done(NamedTuple):
    """What came of it."""

    result: Any
    """``None`` where the copy failed."""
    seconds: float
    """Of CPU time that the copy took, and forking it."""
    problem: str = ""


class Forked:
    """At most one copy at a time. The process must have one thread only."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Begin without a copy; *patience* in seconds."""
        self._patience = patience
        self._child = 0
        self._pipe = -1
        self._octets = bytearray()
        self._deadline = self._forking = 0.0

    @property
    def running(self) -> bool:
        """A copy is at work."""
        return self._child > 0

    def fileno(self) -> int:
        """Give what becomes readable when the copy has something to say."""
        return self._pipe

    def start(self, work: Callable[[], object]) -> None:
        """Let a copy do *work*; its result must be able to be pickled."""
        reading, writing = os.pipe()
        begun = time.perf_counter()
        child = os.fork()
        if not child:
            os.close(reading)
            _be_the_copy(work, writing)
        self._forking = time.perf_counter() - begun
        os.close(writing)
        os.set_blocking(reading, False)
        self._child, self._pipe, self._octets = child, reading, bytearray()
        self._deadline = time.monotonic() + self._patience

    def poll(self) -> Done | None:
        """Give what came of it, once; ``None`` while the copy is at work, or where there is none."""
        if not self.running or not self._ended():
            return None
        octets, problem = bytes(self._octets), ""
        _, status, usage = os.wait4(self._child, 0)
        os.close(self._pipe)
        self._child, self._pipe, self._octets = 0, -1, bytearray()
        result = None
        if status:
            problem = f"the judging process ended with {os.waitstatus_to_exitcode(status)}"
        else:
            result = pickle.loads(octets)  # noqa: S301 - of a copy of ourselves, by a pipe that nobody else has
        return Done(result, usage.ru_utime + usage.ru_stime + self._forking, problem)

    def stop(self) -> None:
        """End the copy, if there is one."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            os.close(self._pipe)
            self._child, self._pipe = 0, -1

    def _ended(self) -> bool:
        """Take what there is; tell whether that was all."""
        while True:
            try:
                piece = os.read(self._pipe, _PIECE)
            except BlockingIOError:
                if time.monotonic() > self._deadline:
                    os.kill(self._child, signal.SIGKILL)
                return False
            if not piece:
                return True
            self._octets += piece


def _be_the_copy(work: Callable[[], object], writing: int) -> None:
    """Do the work, say what came of it, and end without any of the original's farewells."""
    status = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
        gc.disable()  # what is garbage goes with the process
        with contextlib.suppress(OSError):
            os.nice(10)
        octets = memoryview(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
        while octets:
            select.select((), (writing,), ())
            octets = octets[os.write(writing, octets[:_PIECE]) :]
        status = 0
    finally:
        os._exit(status)
