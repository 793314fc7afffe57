"""What is kept of a dialogue, within bounds."""

from wiretruth.model.frames import Fault
from wiretruth.model.smtp import Command, Reply

MAX_EVENTS = 20_000
"""Commands and replies kept of one dialogue: a list server's message to some 9,000 recipients, and its replies."""

MAX_TEXT = 4 * 1024 * 1024
"""Characters kept of arguments and reply lines of one dialogue: 200 to each of MAX_EVENTS."""

MAX_FAULTS = 64
"""Faults kept of one dialogue; the first ones tell what is wrong."""


class Record:
    """The events and faults of a dialogue; what is past the bounds is counted."""

    __slots__ = ("_room", "dropped", "events", "faults")

    def __init__(self) -> None:
        self.events: list[Command | Reply] = []
        self.faults: list[Fault] = []
        self.dropped = 0
        self._room = MAX_TEXT

    def note(self, event: Command | Reply, size: int) -> bool:
        """Keep an event with *size* characters of text; tells whether there was room."""
        if len(self.events) >= MAX_EVENTS or size > self._room:
            self.dropped += 1
            return False
        self._room -= size
        self.events.append(event)
        return True

    def fault(self, where: str, offset: int, expected: str, got: str, frame: int) -> None:
        """Keep a fault. *got* describes and never quotes: a quotation might be a secret."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(where, offset, expected, got, frame))
