"""Running programs: the short ones to their end, the long ones until we stop exactly them."""

import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

READY_SECONDS = 20.0
"""A daemon that is not ready by then never will be; several scenarios share two cores."""
STOP_SECONDS = 5.0
POLL_SECONDS = 0.02


class LabError(RuntimeError):
    """The lab itself failed: nothing is said about wiretruth."""


def run(*command: str, text: str | None = None) -> str:
    """Run a program to its end and give its output; a failure carries what it said."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise LabError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def wait_until(ready: Callable[[], bool], what: str, seconds: float = READY_SECONDS) -> None:
    """Poll until *ready* holds.

    Raises: LabError naming *what* after *seconds*.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise LabError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(POLL_SECONDS)


def wait_for_line(log: Path, pattern: str, times: int, seconds: float) -> None:
    """Wait until *pattern* (a regular expression) stands in a mail log that often."""
    wanted = re.compile(pattern)

    def said() -> str:
        return log.read_text(errors="replace") if log.exists() else ""

    try:
        wait_until(lambda: len(wanted.findall(said())) >= times, f"{pattern!r} in {log}", seconds)
    except LabError as error:
        raise LabError(f"{error}, which ends: {said()[-800:]}") from error


class Daemon:
    """One long-running program of ours, in a session of its own, its words kept in a file."""

    def __init__(self, command: Sequence[str], said: Path) -> None:
        self.said = said
        self._command = " ".join(command)
        with said.open("ab") as out:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )

    def heard(self) -> str:
        return self.said.read_text(errors="replace")

    def wait_for(self, words: str, where: Path | None = None) -> None:
        """Wait until *words* stand in its output (or in the file *where*), or it has died."""
        place = where or self.said
        self.wait_until(lambda: place.exists() and words in place.read_text(errors="replace"), repr(words))

    def wait_until(self, ready: Callable[[], bool], what: str) -> None:
        """Wait until *ready* holds, or it has died."""

        def holds() -> bool:
            if self._process.poll() is not None:
                raise LabError(f"{self._command} ended: {self.heard()[-600:]}")
            return ready()

        wait_until(holds, f"{what} from {self._command}")

    def wait_end(self, seconds: float = READY_SECONDS) -> None:
        """Wait until it ends by itself."""
        wait_until(lambda: self._process.poll() is not None, f"the end of {self._command}", seconds)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and only it, by its process id."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
