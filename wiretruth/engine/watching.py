"""A reading that never ends: time passes, what is old is given up, and what is there can be judged at any moment.

Judging ends a reading. So whoever watches judges a copy (a forked process is one, for nothing), and the watch goes on.
"""

import dataclasses
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from wiretruth.engine.analysis import Analysis
from wiretruth.engine.log_reading import LogReading, LogSettings
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import VantageTally
from wiretruth.engine.witness_reading import ReadWitness, WitnessReading
from wiretruth.engine.yielded import Ending, Yielded
from wiretruth.model.dns import Lookup
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS, FrameBatch
from wiretruth.model.report import Report

AGE = 3600 * NANOSECONDS
"""How long a connection is judged anew with everything that comes: a sender that is put off tries again within the hour."""

NAMES_AGE = 24 * AGE
"""How long what was said of names is known: answers live a day and seldom longer."""

MAX_MAIL = 20_000
"""Connections of mail in the window: judging them takes some seconds, and some 200 MB."""

MAX_LOOKUPS = 50_000
"""Lookups in the window, beside those that are rows."""

PACE = 60 * NANOSECONDS
"""From one note of the counts to the next: of loss and drops, only those of the window count."""

FORMAT = "live"


class Lines(NamedTuple):
    """What another witness than the wire has written so far, as it stands there."""

    kind: str
    """``log``, ``conntrack``, ``rules``, ``sockets``."""
    path: str
    lines: tuple[bytes, ...]
    before: int = 0
    """Lines that stood there before these."""


class Beside(NamedTuple):
    """What is judged together with the packets."""

    lines: tuple[Lines, ...] = ()
    remembered: tuple[Lookup, ...] = ()
    """Answers that were told before the watch began, or that it gave up."""


NOTHING_BESIDE = Beside()


class _Noted(NamedTuple):
    at: int
    counts: dict[str, VantageTally]
    drops: int


class Watching:
    """Holds what is under way, and a window of what is over. All calls come from one thread."""

    def __init__(self, settings: Settings, label: str, age: int = AGE, most: int = MAX_MAIL) -> None:
        """Begin to watch.

        Args:
            settings: of the run.
            label: names the vantages in reports.
            age: of the window, in nanoseconds.
            most: connections of mail in it.
        """
        self.since: int | None = None
        """Beginning of the window; ``None`` as long as nothing was given up."""
        self.given_up = 0
        """How often the window was shorter than its age because there was too much in it."""
        self.drops = 0
        """Packets that the kernel dropped since the beginning."""
        self._settings = settings
        self._reading = Reading(settings, label, label, 0)
        self._age, self._most = age, most
        self._noted: deque[_Noted] = deque([_Noted(0, {}, 0)])

    def receive(self, batch: FrameBatch) -> None:
        """Take the next frames; nothing of the batch is kept."""
        self._reading.receive(batch)

    def advance(self, now: int) -> None:
        """Let time pass: until *now*, in nanoseconds since the Unix epoch, nothing but what was received came."""
        self._reading.advance(now)
        latest = self._noted[-1].at
        if not 0 <= now - latest < PACE:
            self._noted.append(_Noted(now, self._reading.tallies(), self.drops))
            self._forget(now)

    def _forget(self, now: int) -> None:
        """Give up what is older than the window."""
        until, _ = self._reading.forget(now - self._age, now - NAMES_AGE, (self._most, MAX_LOOKUPS))
        first = self._noted[0].at if len(self._noted) == 1 else self._noted[1].at
        if until > now - self._age:
            self.given_up += 1
        if until > first:
            self.since = until
        while len(self._noted) > 1 and self._noted[1].at <= until:
            self._noted.popleft()

    def judged(self, beside: Beside = NOTHING_BESIDE) -> Report:
        """Judge what is known by now. This ends the reading: call it in a copy, or at the end."""
        before = self._noted[0]
        read = self._reading.finish(Ending(FORMAT, kernel_drops=self.drops - before.drops))
        if self.since is not None:
            _begin(read, self.since, before)
        vantages = {vantage.label for vantage in read.vantages}
        known = {(x.vantage, x.client, x.question, x.at) for x in read.lookups}
        read.lookups += [
            x
            for x in beside.remembered
            if x.vantage in vantages and (x.vantage, x.client, x.question, x.at) not in known
        ]
        analysis = Analysis(dataclasses.replace(self._settings, every_lookup=True))
        analysis.add(read)
        for witness in beside.lines:
            if witness.kind == "log":
                log = _log(witness, analysis.log_settings())
                analysis.add_log(log.finish())
            else:
                analysis.hear(_heard(witness))
        return analysis.finish() if self.since is None else self._narrowed(analysis.finish())

    def _narrowed(self, report: Report) -> Report:
        """Say that a report is of a window."""
        words = f"a watch judges a window: connections that were over {duration(self._age)} before the end are not in this report"
        return dataclasses.replace(
            report, coverage=dataclasses.replace(report.coverage, limits=(*report.coverage.limits, words))
        )


def _begin(read: Yielded, since: int, before: _Noted) -> None:
    """Let a reading begin where its window does: what was lost and counted before is nobody's concern."""
    read.whole.first = max(read.whole.first or since, since)
    for label, counts in read.counts.items():
        earlier = before.counts.get(label)
        if earlier is not None:
            _less(counts, earlier)
        counts.first = max(counts.first or since, since)
    if read.plain is not None and read.plain.given_up_until <= since:
        read.plain = dataclasses.replace(read.plain, given_up=0)


def _less(counts: VantageTally, earlier: VantageTally) -> None:
    for field in dataclasses.fields(counts):
        if field.name not in ("first", "last"):
            setattr(counts, field.name, getattr(counts, field.name) - getattr(earlier, field.name))


def _log(witness: Lines, settings: LogSettings) -> LogReading:
    reading = LogReading(settings, witness.path.rpartition("/")[2], witness.path, witness.before)
    reading.receive(witness.lines)
    return reading


def _heard(witness: Lines) -> ReadWitness:
    reading = WitnessReading(witness.kind, witness.path)
    reading.receive(witness.lines)
    return reading.finish()


def answers(report: Report) -> Iterable[Lookup]:
    """Give the answers of a report that explain where mail goes: what to remember beyond the window."""
    for tied in report.lookups:
        lookup = tied.nearest
        if lookup.question.type in ("A", "AAAA", "MX", "CNAME") and lookup.rcode == "NOERROR" and lookup.answers:
            yield lookup
