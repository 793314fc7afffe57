"""Who follows connections beside the table, as long as nothing unusual is seen of them."""

from typing import Protocol

from wiretruth.flow.crowding import Server
from wiretruth.flow.keys import Key


class Held(Protocol):
    """Connections that may go on in the table; their serials are those that they would have there."""

    def __len__(self) -> int:
        """Tell how many of them may go on."""

    def release(self, key: Key) -> bool:
        """Let a connection go on in the table, if it is there; tell whether it was."""

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""

    def pause(self, now: int) -> None:
        """End what has been idle too long, or let it go on in the table, to end there."""

    def restless(self) -> set[int]:
        """Give the serials of those that may not fall silent for long."""

    def asking(self) -> dict[int, Server]:
        """Give, of the restless ones, whom those ask of which one SYN is all that was seen, by serial."""

    def resting(self) -> list[tuple[int, int]]:
        """Give time of the last packet and serial of the others."""

    def give_up(self, serials: set[int]) -> None:
        """End some, or let them go on in the table, to end there."""

    def end(self) -> None:
        """Let go on in the table what is not over."""
