"""The other witnesses of a watch: logs that grow, events of connection tracking, rules, the socket table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from wiretruth.engine.watching import AGE, Lines
from wiretruth.live.events import Events
from wiretruth.live.following import Tail, Whole
from wiretruth.live.socket_table import SocketTable


class Named(NamedTuple):
    """What is listened to."""

    logs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    conntrack: bool = False
    sockets: bool = False

    def folders(self) -> list[Path]:
        """Give the folders in which files must stay readable."""
        return [Path(path).resolve().parent for path in (*self.logs, *self.rules)]


class Listening:
    """Hears all of them; what they said is handed on as lines."""

    def __init__(self, named: Named, note: Callable[[str], None]) -> None:
        """Open everything that is named.

        Args:
            named: what is listened to.
            note: is told what changes.

        Raises:
            WiretruthError: something cannot be opened.
        """
        self._note = note
        self._tails = [Tail(path) for path in named.logs]
        self._rules = [Whole(path) for path in named.rules]
        self._events = Events() if named.conntrack else None
        self._sockets = SocketTable() if named.sockets else None
        self._deaf = False

    def look(self, now: int) -> int:
        """Hear what was said since; tell how much it was."""
        heard = sum(tail.look(now, AGE) for tail in self._tails)
        for rules in self._rules:
            if rules.look():
                heard += 1
                self._note(f"{rules.path} was read anew")
        if self._events is not None:
            heard += self._events.look()
            if self._events.ended and not self._deaf:
                self._deaf = True
                self._note(f"connection tracking is not heard any more: {self._events.ended}")
        return heard + (self._sockets.look() if self._sockets is not None else 0)

    def lines(self) -> tuple[Lines, ...]:
        """Give everything that was said, as it stands there."""
        said: Sequence[tuple[str, str, tuple[bytes, ...], int]] = [
            *(("log", tail.path, tail.lines(), tail.forgotten) for tail in self._tails),
            *(("rules", rules.path, rules.lines, 0) for rules in self._rules),
            *(("conntrack", one.path, one.lines(), one.forgotten) for one in (self._events,) if one is not None),
            *(("sockets", one.path, one.lines(), one.forgotten) for one in (self._sockets,) if one is not None),
        ]
        return tuple(Lines(kind, path, lines, before) for kind, path, lines, before in said if lines)

    def close(self) -> None:
        """Listen no more."""
        for tail in self._tails:
            tail.close()
        if self._events is not None:
            self._events.close()
