"""Couples table, programs and folder: the capture begins, the tables are read, time passes, they are read again, it ends."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

from wiretruth import __version__
from wiretruth.errors import WiretruthError
from wiretruth.sources import capture_filter, collection, host_state, host_table, programs
from wiretruth.sources.collection import Entry
from wiretruth.sources.host_table import Item
from wiretruth.sources.programs import Ran, Recording

Tell = Callable[[str], None]

LOOK = 0.2
"""Seconds between two looks at tcpdump, which may end before its time."""


class Wanted(NamedTuple):
    """What to gather."""

    folder: Path
    capture: bool
    duration: float
    """Seconds."""
    interface: str
    expression: str
    most: int
    """Octets of the capture at which it is ended."""


def collect(wanted: Wanted, stop: Event, tell: Tell) -> list[Entry]:
    """Gather what this host can tell.

    Args:
        wanted: what, and where to.
        stop: set where the user wants the capture to end early.
        tell: is told how far it is.

    Returns:
        What came of each item; the manifest is written.

    Raises:
        WiretruthError: the folder cannot be used, or nothing at all could be gathered.
    """
    collection.create(wanted.folder)
    begun, clock = time.time_ns(), host_state.clock()
    entries: list[Entry] = []
    try:
        entries += _with_capture(wanted, stop, tell) if wanted.capture else _tables(wanted.folder, host_table.AFTER)
    finally:
        facts = {
            "version": __version__,
            "host": os.uname().nodename,
            "user": os.geteuid(),
            "begun": collection.utc(begun),
            "ended": collection.utc(time.time_ns()),
            "ended_early": stop.is_set(),
            "most_octets": wanted.most if wanted.capture else None,
            "clock": clock._asdict() if clock else None,
        }
        collection.write(wanted.folder, facts, entries)
    if not any(entry.gathered for entry in entries):
        raise WiretruthError(f"{wanted.folder}: nothing could be gathered here; its {collection.MANIFEST} says why")
    return entries


def _with_capture(wanted: Wanted, stop: Event, tell: Tell) -> Iterator[Entry]:
    folder = wanted.folder
    words = capture_filter.words(wanted.interface, wanted.expression)
    recording = Recording(words, folder / collection.CAPTURE, folder / collection.CAPTURE_SAID)
    try:
        recording.wait_until_listening()
        if not recording.ended:
            tell(
                f"capturing on {wanted.interface} for {wanted.duration:g} s; Ctrl-C ends it early and keeps everything"
            )
        began = time.monotonic()
        yield from _tables(folder, host_table.BEFORE)
        _wait(began + wanted.duration, recording, stop, wanted)
        if _is_full(wanted):
            tell(f"the capture has reached {wanted.most} octets and was ended (--max-size)")
        yield from _tables(folder, host_table.AFTER)
    finally:
        ran = recording.stop()
    yield collection.entry(folder, Item(collection.CAPTURE, words, option="capture"), "", ran)


def _wait(until: float, recording: Recording, stop: Event, wanted: Wanted) -> None:
    while not (recording.ended or stop.is_set() or _is_full(wanted)) and (left := until - time.monotonic()) > 0:
        stop.wait(min(left, LOOK))


def _is_full(wanted: Wanted) -> bool:
    path = wanted.folder / collection.CAPTURE
    return path.exists() and path.stat().st_size >= wanted.most


def _tables(folder: Path, part: str) -> Iterator[Entry]:
    (folder / part).mkdir(mode=0o700)
    there = host_state.parts()
    for item in host_table.items(host_state.interfaces()):
        yield collection.entry(folder, item, part, _gather(item, folder / part / item.file, there))


def _gather(item: Item, into: Path, there: frozenset[str]) -> Ran:
    if item.needs and not there.intersection(item.needs):
        now = time.time_ns()
        return Ran(None, f"{collection.NOT_ASKED} {' or '.join(item.needs)}", now, now)
    return programs.run(item.words, into) if item.words else programs.copy(item.path, into)
