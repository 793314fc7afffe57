"""The loop of a watch: packets in, time passes, now and then a judgement, and what follows from it."""

import time
from collections.abc import Callable
from threading import Event
from typing import Final, NamedTuple

from wiretruth.cli._guests import Guest
from wiretruth.cli._judging import Judging
from wiretruth.cli._listening import Listening
from wiretruth.engine.harvest import Harvest, harvest
from wiretruth.engine.telling import Telling
from wiretruth.engine.watching import NAMES_AGE, Beside, Watching
from wiretruth.live import interfaces
from wiretruth.live.ring import RETIRE, PacketRing
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.report import Report

WAIT: Final = 0.2
"""Seconds that the loop waits for packets at most: keys and callers are answered in between."""

GATHER: Final = 0.1
"""Seconds from one taking of packets to the next at least: what a batch costs once is spread over more of them, and the ring
holds what comes meanwhile."""

TICK: Final = 1.0
"""Seconds from one look at everything else to the next."""

BEHIND: Final = 5 * RETIRE * 1_000_000
"""Nanoseconds by which a packet may be on its way to us: what is not seen by then did not come."""


class Chosen(NamedTuple):
    """Where packets come from."""

    interfaces: tuple[str, ...]
    program: Callable[[tuple[int, ...]], bytes]
    """Gives the filter for interfaces with these numbers; none: for all."""


class Run:
    """One watch."""

    def __init__(
        self, ring: PacketRing, chosen: Chosen, watching: Watching, listening: Listening, note: Callable[[str], None]
    ) -> None:
        """Couple the doors with the engine; guests are added to :attr:`guests`."""
        self.ring, self.chosen, self.watching, self.listening = ring, chosen, watching, listening
        self.guests: list[Guest] = []
        self.remembered: tuple[Lookup, ...] = ()
        """Answers of earlier runs."""
        self.judging = Judging(self._judge)
        self._telling = Telling()
        self._note = note
        self._begun = self._latest = time.time_ns()
        self._until = self._failed = 0
        self._changed = False
        self._state = self._interfaces()

    def watch(self, seconds: float | None, stop: Event) -> None:
        """Go on until it is time to stop.

        Args:
            seconds: how long; ``None`` for ever.
            stop: set where somebody wants it to end.
        """
        end = time.monotonic() + seconds if seconds is not None else float("inf")
        tick = taken = time.monotonic()
        while (now := time.monotonic()) < end and not stop.is_set():
            idle = not self.ring.wait(min(WAIT, max(end - now, 0)))
            time.sleep(max(taken + GATHER - time.monotonic(), 0))
            taken = time.monotonic()
            self._take()
            if idle:
                self._latest = max(self._latest, time.time_ns() - BEHIND)
            for guest in self.guests:
                guest.look(self)
            if time.monotonic() - tick >= TICK:
                tick = time.monotonic()
                self._tick()

    def finish(self) -> Report:
        """Take what is still on its way, and judge all of it; what was not told yet is told."""
        self.judging.stop()
        time.sleep(2 * RETIRE / 1000)
        self._take()
        self._count()
        self.listening.look(time.time_ns())
        # Not :meth:`_tick`: the report is that of the packets, as reading them from a file would give it.
        report = self.watching.judged(self._beside())
        now = time.time_ns()
        self._harvested(harvest(report, max(now, self._until), self._until), final=True)
        return report

    def close(self) -> None:
        """Let everybody go."""
        for guest in self.guests:
            guest.close()
        self.listening.close()
        self.ring.close()

    def _take(self) -> None:
        for batch in self.ring.batches():
            for guest in self.guests:
                guest.receive(batch)
            self.watching.receive(batch)
            self._latest = max(self._latest, batch.times[-1])
            self._changed = True
            del batch

    def _tick(self) -> None:
        now = time.time_ns()
        if now < self._latest - NANOSECONDS:  # the clock was set back: packets come with earlier times, too
            self._latest = now - BEHIND
        self._count()
        self.watching.advance(min(self._latest, now))
        self._changed |= self.listening.look(now) > 0
        self._look_at_interfaces()
        found = self.judging.look(changed=self._changed or self._telling.waiting)
        if self.judging.running:
            self._changed = False
        if self.judging.failed > self._failed:
            self._failed = self.judging.failed
            self._note(f"nothing could be judged: {self.judging.problem}; it is tried again")
        if found is not None:
            self._harvested(found)
        for guest in self.guests:
            guest.tick(self, now)

    def _harvested(self, found: Harvest, *, final: bool = False) -> None:
        self._until = found.until
        for guest in self.guests:
            guest.harvested(found)
        for told in self._telling.hear(found.findings, found.now, self.watching.since, final=final):
            for guest in self.guests:
                guest.tell(told, found.now)

    def _judge(self) -> Harvest:
        """Judge a copy: this runs in a process of its own."""
        return harvest(self.watching.judged(self._beside()), self._latest, self._until)

    def _beside(self) -> Beside:
        known_from = max(self._begun, self._latest - NAMES_AGE)
        return Beside(self.listening.lines(), tuple(x for x in self.remembered if x.at < known_from))

    def _count(self) -> None:
        before = self.watching.drops
        self.watching.drops = self.ring.count().dropped
        if self.watching.drops > before:
            lost, whole = self.watching.drops - before, self.watching.drops
            self._note(
                f"the kernel dropped {lost} packets ({whole} in all): silence proves less in the hour that follows"
            )

    def _interfaces(self) -> dict[str, tuple[int, bool]]:
        named = [one for one in self.chosen.interfaces if one != interfaces.ANY]
        return {one: (interfaces.number(one), interfaces.is_up(one)) for one in named}

    def _look_at_interfaces(self) -> None:
        """Follow interfaces that go down, vanish and come back."""
        before, self._state = self._state, self._interfaces()
        for one, (number, up) in self._state.items():
            was_number, was_up = before[one]
            if up != was_up:
                self._note(f"{one} is {'up again' if up else 'down' if number else 'gone'}")
            if number != was_number:
                self.ring.filter(self.chosen.program(interfaces.numbers(self.chosen.interfaces)))
