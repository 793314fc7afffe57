"""What the screen of a watch shows, and what keys do to it."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from wiretruth.cli import _keys
from wiretruth.engine.harvest import DeliveryRow, ResolverRow
from wiretruth.engine.telling import Told, sentence

MAX_SHOWN = 500
"""Findings kept for the screen: nobody scrolls farther; the store has all of them."""
MAX_RESOLVERS = 64
"""Resolvers told apart on the screen."""


class Shown(NamedTuple):
    """One finding on the screen."""

    told: Told
    now: int
    packets: str

    @property
    def words(self) -> str:
        """Everything that a filter looks at."""
        finding = self.told.finding
        return f"{finding.severity} {finding.code} {finding.client} {sentence(self.told)}".lower()


@dataclass(slots=True)
class VantageState:
    """One interface."""

    packets: int = 0
    rate: float = 0.0
    up: bool = True


@dataclass
class ScreenState:
    """Everything on the screen."""

    title: str
    since: int
    now: int = 0
    packets: int = 0
    dropped: int = 0
    judging: float = 0.0
    paused: bool = False
    typing: bool = False
    filter: str = ""
    selected: int = 0
    opened: bool = False
    ended: bool = False
    note: str = ""
    vantages: dict[str, VantageState] = field(default_factory=dict)
    under_way: tuple[DeliveryRow, ...] = ()
    resolvers: dict[str, ResolverRow] = field(default_factory=dict)
    findings: deque[Shown] = field(default_factory=lambda: deque(maxlen=MAX_SHOWN))

    def add_resolver(self, row: ResolverRow) -> None:
        """Add up what is told of a resolver."""
        before = self.resolvers.pop(row.resolver, None)
        sums = (a + b for a, b in zip(row[1:], before[1:], strict=True)) if before is not None else row[1:]
        self.resolvers[row.resolver] = ResolverRow(row.resolver, *sums)
        while len(self.resolvers) > MAX_RESOLVERS:
            del self.resolvers[next(iter(self.resolvers))]

    def visible(self) -> list[Shown]:
        """Give the findings that the filter leaves, the latest first."""
        wanted = self.filter.lower()
        return [shown for shown in reversed(self.findings) if wanted in shown.words]

    def chosen(self) -> Shown | None:
        """Give the finding that is selected."""
        visible = self.visible()
        return visible[min(self.selected, len(visible) - 1)] if visible else None

    def press(self, key: str) -> None:
        """Do what a key stands for."""
        if self.typing:
            self._type(key)
        elif key in _ACTIONS:
            getattr(self, _ACTIONS[key])()

    def _type(self, key: str) -> None:
        if key in (_keys.ENTER, _keys.ESCAPE):
            self.typing = False
            self.filter = self.filter if key == _keys.ENTER else ""
        elif key == _keys.ERASE:
            self.filter = self.filter[:-1]
        elif len(key) == 1:
            self.filter += key
        self.selected = 0

    def pause(self) -> None:
        """Let the screen rest, or go on; the watch goes on in any case."""
        self.paused = not self.paused

    def search(self) -> None:
        """Begin to type a filter."""
        self.typing, self.filter, self.opened = True, "", False

    def up(self) -> None:
        """Select the finding above."""
        self.selected = max(self.selected - 1, 0)

    def down(self) -> None:
        """Select the finding below."""
        self.selected = max(min(self.selected + 1, len(self.visible()) - 1), 0)

    def open(self) -> None:
        """Open the finding that is selected, or close it."""
        self.opened = not self.opened and self.chosen() is not None

    def back(self) -> None:
        """Close what is open, and take the filter away."""
        if self.opened:
            self.opened = False
        else:
            self.filter = ""

    def quit(self) -> None:
        """End the watch."""
        self.ended = True


_ACTIONS: Final = {
    "p": "pause", "/": "search", _keys.UP: "up", "k": "up", _keys.DOWN: "down", "j": "down", _keys.ENTER: "open",
    _keys.ESCAPE: "back", "q": "quit",
}  # fmt: skip
