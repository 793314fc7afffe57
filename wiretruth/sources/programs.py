"""Running the host's own programs: their words go into files that only the user may read."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from wiretruth.sources.host_table import NO_HISTORY

PATIENCE: Final = 30.0
"""Seconds after which a program is ended: the conntrack table of a busy gateway takes a few."""

LONGEST_ERROR: Final = 2000
"""Characters kept of what a program complains about."""

LISTENING: Final = 10.0
"""Seconds that tcpdump may take to begin."""

TAIL: Final = 1.2
"""Seconds that the kernel may hold packets back before tcpdump has them: tcpdump asks for one."""

POLL: Final = 0.02
"""Seconds between two looks at a program."""

SEARCHED: Final = ("/usr/sbin", "/sbin", "/usr/local/sbin")
"""Where these programs are, even if they are not in the user's PATH."""


class Ran(NamedTuple):
    """How one item went."""

    status: int | None
    """Exit status; ``None``: it did not run."""
    error: str
    begun: int
    """Nanoseconds since the Unix epoch."""
    ended: int


def run(words: Sequence[str], into: Path, patience: float = PATIENCE) -> Ran:
    """Run a program to its end and write what it says into a new file; never raises for what the program does."""
    begun = time.time_ns()
    program = located(words[0])
    if program is None:
        return Ran(None, f"{words[0]} is not installed", begun, time.time_ns())
    try:
        with private(into) as out:
            done = subprocess.run(  # noqa: S603 - the words are those of our own table
                [program, *words[1:]],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                env=environment(into.parent),
                timeout=patience,
                start_new_session=True,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return Ran(None, f"no end within {patience:g} s", begun, time.time_ns())
    except OSError as error:
        return Ran(None, error.strerror or str(error), begun, time.time_ns())
    return Ran(done.returncode, _complaint(done.stderr), begun, time.time_ns())


def copy(path: str, into: Path) -> Ran:
    """Copy a file of the host into a new one; never raises for what is wrong with it."""
    begun = time.time_ns()
    try:
        with open(path, "rb") as source, private(into) as out:  # noqa: PTH123 - as the table spells it
            shutil.copyfileobj(source, out)
    except OSError as error:
        return Ran(None, error.strerror or str(error), begun, time.time_ns())
    return Ran(0, "", begun, time.time_ns())


def located(program: str) -> str | None:
    """Find a program."""
    return shutil.which(program, path=os.pathsep.join((os.environ.get("PATH", os.defpath), *SEARCHED)))


def environment(scratch: Path) -> dict[str, str]:
    """Give programs English words, and a history of nstat that is not the host's."""
    return {**os.environ, "LC_ALL": "C", "NSTAT_HISTORY": str(scratch / NO_HISTORY)}


def private(path: Path) -> BinaryIO:
    """Make a new file that only the user may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


class Recording:
    """A program that writes into a file until it is told to end: tcpdump."""

    def __init__(self, words: Sequence[str], into: Path, said: Path) -> None:
        """Start it.

        Args:
            words: the command.
            into: new file for its standard output.
            said: new file for what it tells on standard error.
        """
        self._begun, self._said = time.time_ns(), said
        self._process: subprocess.Popen[bytes] | None = None
        self._problem = ""
        program = located(words[0])
        if program is None:
            self._problem = f"{words[0]} is not installed"
            return
        try:
            with private(into) as out, private(said) as told:
                self._process = subprocess.Popen(  # noqa: S603 - the user's own filter, no shell
                    [program, *words[1:]],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=told,
                    env=environment(into.parent),
                    start_new_session=True,
                )
        except OSError as error:
            self._problem = error.strerror or str(error)

    @property
    def ended(self) -> bool:
        """It does not run, or not any more."""
        return self._process is None or self._process.poll() is not None

    def wait_until_listening(self, patience: float = LISTENING) -> None:
        """Wait until it says that it listens, or has ended."""
        deadline = time.monotonic() + patience
        while not self.ended and b"listening on" not in self._said.read_bytes() and time.monotonic() < deadline:
            time.sleep(POLL)

    def stop(self) -> Ran:
        """Let it have what is still on its way, and end it."""
        if self._process is None:
            return Ran(None, self._problem, self._begun, time.time_ns())
        if not self.ended:
            time.sleep(TAIL)
        if not self.ended:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        return Ran(self._process.returncode, _complaint(self._said.read_bytes()), self._begun, time.time_ns())


def _complaint(said: bytes) -> str:
    return said.decode("utf-8", "backslashreplace").strip()[-LONGEST_ERROR:]
