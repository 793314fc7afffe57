"""The guest of a watch who shows it on a terminal, and obeys keys."""

import time
from threading import Event
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live

from wiretruth.cli._guests import Guest
from wiretruth.cli._keys import Keys
from wiretruth.cli._screen_page import page
from wiretruth.cli._screen_state import ScreenState, Shown, VantageState
from wiretruth.engine.harvest import Harvest
from wiretruth.engine.telling import Told
from wiretruth.live import interfaces
from wiretruth.model.frames import FrameBatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from wiretruth.cli._watching import Run
    from wiretruth.model.finding import Finding


class Screen(Guest):
    """Shows vantages, mail under way, resolvers and findings, once a second, and at once when a key is pressed."""

    def __init__(self, named: tuple[str, ...], stop: Event, packets: "Callable[[Finding], str]") -> None:
        """Take the terminal.

        Args:
            named: interfaces that are watched.
            stop: is set where the user wants to end.
            packets: names the file that keeps the packets of a finding.
        """
        self.state = ScreenState(f"watching {', '.join(named)}", time.time_ns())
        self._stop, self._packets = stop, packets
        self._counted: dict[str, int] = {}
        self._ticked = time.monotonic()
        for name in named:
            if name != interfaces.ANY:
                self.state.vantages[name] = VantageState()
        self._keys = Keys()
        self._keys.__enter__()
        self._console = Console()
        self._live = Live(
            console=self._console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start()

    def receive(self, batch: FrameBatch) -> None:
        """Count frames by interface."""
        for place, interface in enumerate(batch.interfaces):
            if interface.name is not None:
                self._counted[interface.name] = self._counted.get(interface.name, 0) + batch.interface.count(place)

    def look(self, run: "Run") -> None:
        """Obey keys."""
        del run
        pressed = list(self._keys.pressed())
        for key in pressed:
            self.state.press(key)
        if self.state.ended:
            self._stop.set()
        if pressed:
            self._show()

    def tick(self, run: "Run", now: int) -> None:
        """Show how it is now."""
        moment = time.monotonic()
        passed, self._ticked = max(moment - self._ticked, 0.001), moment
        for name, count in self._counted.items():
            vantage = self.state.vantages.setdefault(name, VantageState())
            vantage.rate, vantage.packets = count / passed, vantage.packets + count
            self._counted[name] = 0
        for name, vantage in self.state.vantages.items():
            vantage.up = interfaces.is_up(name)
        drops = run.ring.drops
        self.state.now, self.state.packets, self.state.dropped = now, drops.packets, drops.dropped
        self.state.judging = run.judging.seconds
        if not self.state.paused:
            self._show()

    def harvested(self, harvest: Harvest) -> None:
        """Take what is under way, and how resolvers fare."""
        self.state.under_way = harvest.under_way
        for row in harvest.resolvers:
            self.state.add_resolver(row)

    def tell(self, told: Told, now: int) -> None:
        """Put a finding on top."""
        self.state.findings.append(Shown(told, now, self._packets(told.finding)))
        if self.state.selected or self.state.opened:
            self.state.selected += 1  # what is looked at stays where it is

    def note(self, now: int, words: str) -> None:
        """Show something about the watch itself."""
        del now
        self.state.note = words

    def close(self) -> None:
        """Give the terminal back."""
        self._live.stop()
        self._keys.__exit__(None, None, None)

    def _show(self) -> None:
        self._live.update(page(self.state, self._console.height), refresh=True)
