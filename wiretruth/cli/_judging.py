"""When a watch is judged: at a pace that costs little, in a copy of the process."""

import time
from collections.abc import Callable
from typing import Final

from wiretruth.engine.harvest import Harvest
from wiretruth.live.forked import Done, Forked

LEAST: Final = 2.0
"""Seconds from the end of one judgement to the next at least: nobody at a screen wants it sooner."""

SHARE: Final = 25.0
"""A judgement rests this many times as long as it took: it costs 4% of a core at most."""

MOST: Final = 30.0
"""Seconds after which it is judged even if nothing came: silence becomes a fact by time alone."""


class Judging:
    """Starts copies, and gives what they found."""

    def __init__(self, judge: Callable[[], Harvest]) -> None:
        """Begin; *judge* is run in a copy of this process."""
        self.seconds = 0.0
        """CPU time of the last judgement."""
        self.failed = 0
        self.problem = ""
        self._judge = judge
        self._forked = Forked()
        self._due = time.monotonic() + LEAST
        self._latest = self._due + MOST

    def look(self, *, changed: bool) -> Harvest | None:
        """Give what a judgement found when it has ended; begin one when it is time.

        Args:
            changed: something came since the last one began, or waits for its time.
        """
        done = self._forked.poll()
        now = time.monotonic()
        if done is not None:
            return self._taken(done, now)
        if not self._forked.running and now >= self._due and (changed or now >= self._latest):
            self._forked.start(self._judge)
        return None

    @property
    def running(self) -> bool:
        """A judgement is under way."""
        return self._forked.running

    def stop(self) -> None:
        """End a judgement under way."""
        self._forked.stop()

    def _taken(self, done: Done, now: float) -> Harvest | None:
        self.seconds = done.seconds
        self._due = now + max(LEAST, done.seconds * SHARE)
        self._latest = self._due + MOST
        if isinstance(done.result, Harvest):
            return done.result
        self.failed += 1
        self.problem = done.problem
        return None
