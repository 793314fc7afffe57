"""The outlines of connections under way."""

from collections.abc import Iterable, Iterator, Mapping

from wiretruth.flow.attempts import Attempts
from wiretruth.flow.crowding import Server, crowded_out
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.keys import Key
from wiretruth.flow.outline import MAX_ROWS, SIZE, Outline, asked, at_rest, finished, frame, last, opening
from wiretruth.model.segments import Sketch

SLACK = 1 << 16
"""Keys that may stand in the calendar beyond those of all outlines before it is written anew."""


class Outlines:
    """By key, and by the first sequence number of those that began with a SYN."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows: dict[Key, bytes] = {}
        self._by_isn: dict[int, Key | set[Key]] = {}
        self._ended: list[tuple[Key, bytes]] = []
        self._touched: list[Key] = []
        """Since the last look for what is idle."""
        self._calendar: list[tuple[int, list[Key]]] = []
        """Before which time none of some keys can be idle for too long; every outline is in it, or among the touched."""
        self.attempts: Attempts | None = None
        """Keeps those that are single SYNs, in a flood of them."""

    def __len__(self) -> int:
        return len(self._rows) + (len(self.attempts) if self.attempts is not None else 0)

    def __iter__(self) -> Iterator[Key]:
        """Give the keys of those that are kept here."""
        return iter(self._rows)

    def __contains__(self, key: Key) -> bool:
        self._fetch(key)
        return key in self._rows

    def add(self, sketch: Sketch) -> bool:
        """Keep rows, or add them to what is kept; tell whether they may be. The connection is not among the attempts."""
        key, rows, client_isn = sketch
        known = self._rows.get(key)
        if known is None:
            self._rows[key] = rows
            if client_isn is not None and self._by_isn.setdefault(client_isn, key) is not key:
                self._note_another(key, client_isn)
        elif client_isn is not None or len(known) + len(rows) > MAX_ROWS * SIZE:
            return False
        else:
            self._rows[key] = known + rows
        self._touched.append(key)
        return True

    def pop(self, key: Key) -> bytes | None:
        """Give the rows of a connection, and forget it."""
        self._fetch(key)
        rows = self._rows.pop(key, None)
        if rows is not None:
            self._forget(key, opening(rows))
        return rows

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""
        found = self._by_isn.get(client_isn, ())
        keys = list(found) if isinstance(found, set) else [found] if found else []
        named = [key for key in keys if key[0] == vantage]
        return [*named, *self.attempts.named(vantage, client_isn)] if self.attempts else named

    def end_idle(self, now: int) -> None:
        """End what has been idle too long."""
        if self.attempts:
            self.attempts.end_idle(now)
        if self._touched:
            self._enter(self._touched, now)
            self._touched = []
        due = [keys for until, keys in self._calendar if until < now]
        self._calendar = [entry for entry in self._calendar if entry[0] >= now]
        for keys in due:
            self._enter(keys, now)
        if sum(len(keys) for _, keys in self._calendar) > 2 * len(self._rows) + SLACK:
            self._calendar.clear()
            self._enter(list(self._rows), now)

    def _enter(self, keys: list[Key], now: int) -> None:
        """End those of some that have been idle too long, and enter the others into the calendar."""
        known = self._rows
        first = min((last(rows) for rows in map(known.get, keys) if rows), default=None)
        if first is not None and first + IDLE_OTHERWISE >= now:
            self._calendar.append((first + IDLE_OTHERWISE, keys))
            return
        kept, ended, earliest = [], [], now + IDLE_ESTABLISHED
        for key in keys:
            rows = known.get(key)
            if rows is None:
                continue
            until = last(rows) + IDLE_OTHERWISE
            if until < now and at_rest(key, rows):
                until += IDLE_ESTABLISHED - IDLE_OTHERWISE
            if until < now:
                ended.append(key)
            else:
                kept.append(key)
                earliest = min(earliest, until)
        self.end(ended)
        if kept:
            self._calendar.append((earliest, kept))

    def end(self, keys: Iterable[Key]) -> None:
        """End some."""
        for key in keys:
            rows = self.pop(key)
            if rows is not None:
                self._ended.append((key, rows))

    def end_all(self) -> None:
        """End every one."""
        if self.attempts:
            self.attempts.end_all()
        self._ended += self._rows.items()
        self._rows.clear()
        self._by_isn.clear()
        self._touched.clear()
        self._calendar.clear()

    def take_ended(self, first_serial: int) -> list[Outline]:
        """Give those that ended, once."""
        ended, self._ended = self._ended, []
        return finished(first_serial, ended)

    def restless(self, first_serial: int) -> dict[int, Key]:
        """Give the keys of those that may not fall silent for long, by serial."""
        every = self._rows.items()
        return {first_serial + frame(rows): key for key, rows in every if len(rows) == SIZE or not at_rest(key, rows)}

    def asking(self, first_serial: int) -> dict[int, Server]:
        """Give whom those ask of which one SYN is all that was seen, by serial."""
        every = self._rows.items()
        servers = ((frame(rows), key[0], asked(key, rows)) for key, rows in every if len(rows) == SIZE)
        return {first_serial + number: (vantage, server) for number, vantage, server in servers if server}

    def crowded_out(self, asking: Mapping[int, Server], excess: int) -> tuple[list[int], int]:
        """Choose which single SYNs make room; give the serials of those named here, and how many others ended."""
        if not self.attempts:
            return crowded_out(asking, excess), 0
        before = len(self.attempts)
        crowd = self.attempts.crowded_out(asking, excess)
        return crowd, before - len(self.attempts)

    def resting(self, first_serial: int) -> Iterator[tuple[int, int, Key]]:
        """Give time of the last packet, serial and key of the others."""
        for key, rows in self._rows.items():
            if len(rows) > SIZE and at_rest(key, rows):
                yield last(rows), first_serial + frame(rows), key

    def _fetch(self, key: Key) -> None:
        """Keep here what was kept as a single SYN: more is known of it, or asked."""
        rows = self.attempts.pop(key) if self.attempts else None
        if rows is not None:
            self.add(Sketch(key, rows, opening(rows)))

    def _note_another(self, key: Key, client_isn: int) -> None:
        known = self._by_isn[client_isn]
        if isinstance(known, set):
            known.add(key)
        else:
            self._by_isn[client_isn] = {known, key}

    def _forget(self, key: Key, client_isn: int | None) -> None:
        if client_isn is None:
            return
        known = self._by_isn.get(client_isn)
        if isinstance(known, set):
            known.discard(key)
        if not isinstance(known, set) or not known:
            self._by_isn.pop(client_isn, None)
