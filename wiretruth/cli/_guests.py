"""Guests of a watch: who prints, records, alarms, and reports to the service manager."""

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO

from wiretruth.engine.harvest import Harvest
from wiretruth.engine.telling import Told, sentence
from wiretruth.live.alarms import Alarms
from wiretruth.live.forked import Forked
from wiretruth.live.notify import Notify
from wiretruth.live.recording import Recorder, Wanted
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.frames import FrameBatch
from wiretruth.reports._told import json_line, note_line, text_line

if TYPE_CHECKING:
    from wiretruth.cli._watching import Run

MAX_WANTED = 200
"""Slices that wait to be kept: more findings at once are of one kind, and the ring has their packets for a while."""

TEXT: Final = "text"
JSONL: Final = "jsonl"


class Guest:
    """Somebody who takes part in a watch (records, keeps, counts, shows, tells); this one does nothing."""

    def receive(self, batch: FrameBatch) -> None:
        """Take frames."""

    def look(self, run: "Run") -> None:
        """Some tenths of a second have passed."""

    def tick(self, run: "Run", now: int) -> None:
        """A second has passed."""

    def harvested(self, harvest: Harvest) -> None:
        """Take what a judgement gave."""

    def tell(self, told: Told, now: int) -> None:
        """Take a finding that is told."""

    def close(self) -> None:
        """The watch ends."""


class Printer(Guest):
    """One line for each finding that is told."""

    def __init__(
        self,
        form: str,
        least: Severity,
        packets: Callable[[Finding], str],
        *,
        colour: bool = False,
        journal: bool = False,
    ) -> None:
        """Begin.

        Args:
            form: ``text`` or ``jsonl``; anything else prints nothing.
            least: severity of what is printed.
            packets: names the file that keeps the packets of a finding.
            colour: lines go to a terminal.
            journal: lines go to the journal.
        """
        self._form, self._least, self._packets = form, least, packets
        self._colour, self._journal = colour, journal

    def tell(self, told: Told, now: int) -> None:
        """Print a finding."""
        finding = told.finding
        if finding.severity.rank < self._least.rank:
            return
        if self._form == TEXT:
            _print(text_line(finding, sentence(told), colour=self._colour, journal=self._journal))
        elif self._form == JSONL:
            _print(json_line(finding, now, told.times, told.since, self._packets(finding)))

    def note(self, now: int, words: str) -> None:
        """Print something about the watch itself: beside the findings, on standard error."""
        if self._form == JSONL:
            _print(note_line(now, words, json=True))
        else:
            _print(note_line(now, words, journal=self._journal), sys.stderr)


class Recording(Guest):
    """Records packets, and keeps those of each finding."""

    def __init__(self, recorder: Recorder, note: Callable[[str], None]) -> None:
        """Begin; *note* is told when the disk is full, and when it is not any more."""
        self._recorder, self._note = recorder, note
        self._problem = ""
        self._place = (0, "")
        self._wanted: deque[Wanted] = deque(maxlen=MAX_WANTED)
        self._forked = Forked()

    @property
    def missed(self) -> int:
        """Frames that could not be written."""
        return self._recorder.missed

    def receive(self, batch: FrameBatch) -> None:
        """Record frames."""
        self._recorder.receive(batch)

    def tick(self, run: "Run", now: int) -> None:
        """Let what was written reach the disk, and let a copy of the process see to the slices."""
        del run, now
        self._recorder.flush()
        if self._recorder.problem != self._problem:
            self._problem = self._recorder.problem
            self._note(f"nothing is recorded: {self._problem}" if self._problem else "packets are recorded again")
        self._forked.poll()
        if self._wanted and not self._forked.running:
            wanted = tuple(self._wanted)
            self._wanted.clear()
            self._forked.start(lambda: [self._recorder.keep(one) for one in wanted])

    def tell(self, told: Told, now: int) -> None:
        """Keep the packets that a finding rests on."""
        del now
        one = wanted(told.finding)
        self._wanted.append(one)
        self._place = id(told.finding), str(self._recorder.place(one))

    def packets(self, finding: Finding) -> str:
        """Name the file that keeps the packets of the finding that is being told."""
        return self._place[1] if self._place[0] == id(finding) else ""

    def close(self) -> None:
        """Keep what is still wanted, and record no more."""
        self._recorder.flush()
        while self._forked.running and self._forked.poll() is None:
            time.sleep(0.01)
        for one in self._wanted:
            self._recorder.keep(one)
        self._recorder.close()


class Alarming(Guest):
    """Tells somebody of each finding."""

    def __init__(
        self, alarms: Alarms, least: Severity, packets: Callable[[Finding], str], note: Callable[[str], None]
    ) -> None:
        """Begin; *least*: severity of what is told."""
        self._alarms, self._least, self._packets, self._note = alarms, least, packets, note
        self._failed = self._left_out = 0

    def tell(self, told: Told, now: int) -> None:
        """Give an alarm."""
        finding = told.finding
        if finding.severity.rank >= self._least.rank:
            line = json_line(finding, now, told.times, told.since, self._packets(finding))
            self._alarms.give(line.rstrip().encode())

    def tick(self, run: "Run", now: int) -> None:
        """See to alarms under way."""
        del run, now
        self._alarms.look()
        if self._alarms.failed > self._failed:
            self._failed = self._alarms.failed
            self._note(f"--on-finding failed: {self._alarms.problem}")
        if self._alarms.left_out > self._left_out:
            self._left_out = self._alarms.left_out
            self._note(f"--on-finding: {self._left_out} findings were left out, there are too many at once")

    def close(self) -> None:
        """Let alarms under way come to their end."""
        self._alarms.close()


class Reporting(Guest):
    """Tells the service manager that the watch goes on."""

    def __init__(self, notify: Notify) -> None:
        """Begin."""
        self._notify = notify
        self._told = 0

    def tell(self, told: Told, now: int) -> None:
        """Count."""
        del told, now
        self._told += 1

    def tick(self, run: "Run", now: int) -> None:
        """Feed the watchdog."""
        del now
        drops = run.ring.drops
        self._notify.alive(f"{drops.packets} packets, {drops.dropped} dropped, {self._told} findings told")

    def close(self) -> None:
        """Say goodbye."""
        self._notify.stopping()


def wanted(finding: Finding) -> Wanted:
    """Say what the slice of a finding is to hold."""
    parties = (finding.intended, finding.observed)
    hosts = [finding.client, *(party.address for party in parties if party is not None)]
    frames = frozenset(frame for record in finding.evidence for frame in record.frames)
    return Wanted(f"{finding.at}-{finding.code}", finding.at, frames, tuple(dict.fromkeys(h for h in hosts if h)))


def _print(line: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(line)
    out.flush()
