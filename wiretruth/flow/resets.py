"""The resets of a connection, and what the side in whose name they came did afterwards."""

from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Reset


class Resets:
    """At most :data:`KEPT_FRAMES` resets, in order."""

    __slots__ = ("_numbers", "data_after", "kept")

    def __init__(self) -> None:
        self.kept: tuple[Reset, ...] = ()
        self.data_after: Mark | None = None
        """The first new octets that a side sent although a reset in its name had been seen before."""
        self._numbers: list[int | None] = []

    def add(self, reset: Reset, number: int | None) -> None:
        """Keep a reset.

        Args:
            reset: as seen.
            number: its unwrapped sequence number; ``None`` where nothing else of its side was seen.
        """
        if len(self.kept) < KEPT_FRAMES:
            self.kept += (reset,)
            self._numbers.append(number)

    def closed_before(self, from_client: bool) -> bool:
        """Tell whether a side had reset the connection: an unacceptable reset closes nothing."""
        return any(r.from_client == from_client and r.acceptable for r in self.kept)

    def closing(self) -> Mark | None:
        """Give the reset that ended the connection."""
        return next((Mark(r.at, r.frame) for r in self.kept if r.acceptable), None)

    def note_new_octets(self, from_client: bool, end: int, mark: Mark) -> None:
        """Note that a side sent new octets, up to *end*.

        A reset bears the number behind the last octet sent. Octets that end right there were sent before it, and the
        vantage saw the two in the wrong order.
        """
        for position, reset in enumerate(self.kept):
            if reset.from_client != from_client or reset.answers_closed:
                continue
            if self._numbers[position] == end:
                swapped = reset._replace(acceptable=True)
                self.kept = (*self.kept[:position], swapped, *self.kept[position + 1 :])
            elif self.data_after is None:
                self.data_after = mark
