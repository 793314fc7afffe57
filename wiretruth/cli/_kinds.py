"""What an input is that was named as something else: the wire, a log, rules …, and the option that takes it."""

import contextlib
import shlex
import stat
import time
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.engine.log_reading import LogReading, LogSettings
from wiretruth.engine.witness_reading import WitnessReading
from wiretruth.errors import InputError, WrongKindError
from wiretruth.sources.files import CaptureSource
from wiretruth.sources.lines import LineSource

BATCHES: Final = 1
"""Batches of lines looked at: what a file is shows in its first thousands."""

KINDS: Final = {"rules": "a firewall rule set", "conntrack": "a connection tracking table", "sockets": "a socket table"}


class Kind(NamedTuple):
    """What an input is."""

    name: str
    option: str
    """That takes it; empty for a capture, which needs none."""


def nearer(error: WrongKindError) -> InputError:
    """Give an error that says what the input is, where that can be found out; otherwise the same."""
    found = kind(error.path)
    if found is None:
        return error
    if not found.option:
        return InputError(error.path, f"is {found.name}", "name it without an option before it")
    return InputError(error.path, f"is {found.name}", f"give it as {found.option} {shlex.quote(error.path)}")


def kind(path: str) -> Kind | None:
    """Tell what a file is; ``None`` for what nothing here reads, and for what can be read once only."""
    with contextlib.suppress(OSError, InputError):
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return None
        return _capture(path) or _lines(path)
    return None


def _capture(path: str) -> Kind | None:
    with contextlib.suppress(InputError), CaptureSource(path) as source:
        return Kind(f"a capture ({source.format})", "")
    return None


def _lines(path: str) -> Kind | None:
    """Give the kind that knows most of the lines."""
    with LineSource(path) as source:
        lines = [line for batch in islice(source.batches(), BATCHES) for line in batch]
    known = [found for found in (*(_witness(name, lines) for name in KINDS), _log(lines)) if found[0]]
    return max(known, key=itemgetter(0))[1] if known else None


def _witness(name: str, lines: Iterable[bytes]) -> tuple[int, Kind]:
    reading = WitnessReading(name, "")
    reading.receive(lines)
    read = reading.finish()
    return (read.lines - read.unknown if read.formats else 0), Kind(KINDS[name], f"--{name}")


def _log(lines: Iterable[bytes]) -> tuple[int, Kind]:
    reading = LogReading(LogSettings(0, time.time_ns()), "", "")
    reading.receive(lines)
    log = reading.finish()
    article = "an" if log.programs and log.programs[0][0] in "AEIO" else "a"
    return (log.lines - log.unknown if log.programs else 0), Kind(
        f"{article} {' and '.join(log.programs)} log", "--log"
    )
