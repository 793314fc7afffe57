"""The kernel's own notes of new connections, as ``conntrack -E`` tells them while they happen."""

import contextlib
import os
import re
import shutil
import subprocess
from collections import deque
from typing import Final

from wiretruth.errors import WiretruthError

COMMAND: Final = ("conntrack", "-E", "-e", "NEW", "-o", "timestamp")
MAX_EVENTS = 50_000
"""Events remembered, of mail and DNS: those of a busy gateway in an hour."""

_CONCERNED: Final = re.compile(rb"\bdport=(?:25|53|465|587|2525)\b")
_SEARCHED: Final = "/usr/sbin:/sbin:/usr/local/sbin"
_PIECE: Final = 1 << 18
_SUPERVISED: Final = '"$@" & told=$!; exec >&- 2>&-; read -r _; kill "$told"'
"""It must keep the rights that we give up, so we could not end it: a shell does, when its standard input is closed, by us or
by our end."""


class Events:
    """A running ``conntrack -E``.

    Raises:
        WiretruthError: it is not installed, or does not start.
    """

    path: Final = "conntrack -E"

    def __init__(self) -> None:
        """Start it."""
        program = shutil.which(COMMAND[0], path=os.pathsep.join((os.environ.get("PATH", os.defpath), _SEARCHED)))
        if program is None:
            raise WiretruthError("--conntrack needs the program conntrack; apt-get install conntrack")
        self.forgotten = 0
        self.ended = ""
        """What it said when it ended; empty while it runs."""
        self._lines: deque[bytes] = deque()
        self._part = b""
        self._process = subprocess.Popen(  # noqa: S603 - words of our own
            ["/bin/sh", "-c", _SUPERVISED, "sh", program, *COMMAND[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
            start_new_session=True,
        )
        if self._process.stdout is None:
            raise WiretruthError("conntrack -E has no output")
        self._out = self._process.stdout.fileno()
        os.set_blocking(self._out, False)

    def look(self) -> int:
        """Take what was told since; tell how many events concern mail or DNS."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(self._out, _PIECE):
                *whole, self._part = (self._part + piece).split(b"\n")
                told = [line for line in whole if _CONCERNED.search(line)]
                count += len(told)
                self._lines.extend(told)
            self._note_end()
        while len(self._lines) > MAX_EVENTS:
            self._lines.popleft()
            self.forgotten += 1
        return count

    def lines(self) -> tuple[bytes, ...]:
        """Give what is remembered."""
        return tuple(self._lines)

    def close(self) -> None:
        """End it."""
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)

    def _note_end(self) -> None:
        if self.ended or self._process.stderr is None:
            return
        said = self._process.stderr.read().decode("utf-8", "backslashreplace").strip().splitlines()
        self.ended = said[-1] if said else "it ended"
