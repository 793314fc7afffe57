"""Who keeps connections of which one SYN was seen, in a flood of them, so that each costs a row and no object."""

from collections.abc import Mapping
from typing import Protocol

from wiretruth.flow.crowding import Server
from wiretruth.flow.keys import Key


class Attempts(Protocol):
    """Outlines of one row; nobody else knows their keys."""

    def __len__(self) -> int:
        """Tell how many are waiting."""

    def pop(self, key: Key) -> bytes | None:
        """Give the row of one as ``flow.outline`` has it, if it is here, and forget it."""

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""

    def end_idle(self, now: int) -> None:
        """End what has been waiting too long."""

    def crowded_out(self, waiting: Mapping[int, Server], excess: int) -> list[int]:
        """End as many of its own as ``flow.crowding`` says; give the serials of the others that make room with them."""

    def end_all(self) -> None:
        """End every one."""
