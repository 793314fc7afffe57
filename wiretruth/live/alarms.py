"""Telling somebody of a finding: a command that gets it on standard input, or a webhook. Never waited for."""

import contextlib
import subprocess
import time
from collections import deque
from typing import Final
from urllib.parse import urlsplit

from wiretruth.errors import WiretruthError

MAX_ALARMS = 20
"""Alarms in PER seconds: whoever gets more than that reads none of them."""
PER: Final = 600.0
MAX_RUNNING = 4
"""Alarms under way at once; others wait."""
MAX_WAITING = 100
"""Alarms that wait; what comes beyond is left out and counted."""
PATIENCE: Final = 30.0
"""Seconds that one may take."""

_POST: Final = """
import sys, urllib.request
request = urllib.request.Request(sys.argv[1], sys.stdin.buffer.read(), {"Content-Type": "application/json"})
urllib.request.urlopen(request, timeout=20).read()
"""


class Alarms:
    """Runs ``--on-finding`` for each finding, a few at a time."""

    def __init__(self, target: str, interpreter: str) -> None:
        """Begin.

        Args:
            target: an URL (http, https), which is posted to, or a command, which the shell runs.
            interpreter: Python, which posts.

        Raises:
            WiretruthError: the URL is none.
        """
        self.left_out = 0
        """Alarms that were not given, because there were too many."""
        self.failed = 0
        self.problem = ""
        """What the last one that failed said."""
        self._words = _words(target, interpreter)
        self._waiting: deque[bytes] = deque()
        self._running: list[tuple[subprocess.Popen[bytes], float]] = []
        self._given: deque[float] = deque()

    def give(self, octets: bytes) -> None:
        """Give an alarm: *octets* are a JSON document on one line."""
        now = time.monotonic()
        while self._given and now - self._given[0] > PER:
            self._given.popleft()
        if len(self._given) >= MAX_ALARMS or len(self._waiting) >= MAX_WAITING:
            self.left_out += 1
            return
        self._given.append(now)
        self._waiting.append(octets)
        self.look()

    def look(self) -> None:
        """See to those that run and those that wait: call it every second."""
        self._running = [one for one in self._running if self._goes_on(*one)]
        while self._waiting and len(self._running) < MAX_RUNNING:
            self._start(self._waiting.popleft())

    def close(self, patience: float = PATIENCE) -> None:
        """Let those under way come to their end."""
        deadline = time.monotonic() + patience
        while (self._running or self._waiting) and time.monotonic() < deadline:
            self.look()
            time.sleep(0.02)
        for process, _ in self._running:
            process.kill()
            process.wait()

    def _start(self, octets: bytes) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own command
                self._words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            self.failed, self.problem = self.failed + 1, error.strerror or str(error)
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.write(octets + b"\n")  # smaller than a pipe takes at once
                process.stdin.close()
        self._running.append((process, time.monotonic() + PATIENCE))

    def _goes_on(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        status = process.poll()
        if status is None:
            if time.monotonic() > deadline:
                process.kill()
            return True
        said = process.stderr.read(4000).decode("utf-8", "backslashreplace").strip() if process.stderr else ""
        if process.stderr:
            process.stderr.close()
        if status:
            self.failed += 1
            self.problem = (said.splitlines() or [f"it ended with {status}"])[-1]
        return False


def _words(target: str, interpreter: str) -> list[str]:
    if target.startswith(("http://", "https://")):
        if not urlsplit(target).hostname:
            raise WiretruthError(f"--on-finding {target}: names no host")
        return [interpreter, "-I", "-c", _POST, target]
    return ["/bin/sh", "-c", target]
