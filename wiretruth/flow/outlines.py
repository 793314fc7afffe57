"""The outlines of connections under way."""

from collections.abc import Iterable, Iterator

from wiretruth.flow.conversation import Key
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.outline import MAX_ROWS, SIZE, Outline, at_rest, frame, last, opening
from wiretruth.model.segments import Bundle


class Outlines:
    """By key, and by the first sequence number of those that began with a SYN."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows: dict[Key, bytes] = {}
        self._by_isn: dict[int, Key | set[Key]] = {}
        self._ended: list[tuple[Key, bytes]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, key: Key, bundle: Bundle) -> bool:
        """Keep rows, or add them to what is kept; tell whether they may be."""
        known = self._rows.get(key)
        if known is None:
            self._rows[key] = bundle.outline
            if bundle.opens:
                self._note(key, opening(bundle.outline))
            return True
        if bundle.opens or len(known) + len(bundle.outline) > MAX_ROWS * SIZE:
            return False
        self._rows[key] = known + bundle.outline
        return True

    def pop(self, key: Key) -> bytes | None:
        """Give the rows of a connection, and forget it."""
        rows = self._rows.pop(key, None)
        if rows is not None:
            self._forget(key, opening(rows))
        return rows

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""
        found = self._by_isn.get(client_isn, ())
        keys = list(found) if isinstance(found, set) else [found] if found else []
        return [key for key in keys if key[0] == vantage]

    def end_idle(self, now: int) -> None:
        """End what has been idle too long."""
        idle = [key for key, rows in self._rows.items() if now - last(rows) > IDLE_OTHERWISE]
        patience = now - IDLE_ESTABLISHED
        self.end([key for key in idle if last(self._rows[key]) < patience or not at_rest(key, self._rows[key])])

    def end(self, keys: Iterable[Key]) -> None:
        """End some."""
        for key in keys:
            rows = self.pop(key)
            if rows is not None:
                self._ended.append((key, rows))

    def end_all(self) -> None:
        """End every one."""
        self._ended += self._rows.items()
        self._rows.clear()
        self._by_isn.clear()

    def take_ended(self, first_serial: int) -> list[Outline]:
        """Give those that ended, once."""
        ended, self._ended = self._ended, []
        return [Outline(first_serial + frame(rows), key, rows) for key, rows in ended]

    def restless(self, first_serial: int) -> dict[int, Key]:
        """Give the keys of those that may not fall silent for long, by serial."""
        every = self._rows.items()
        return {first_serial + frame(rows): key for key, rows in every if len(rows) == SIZE or not at_rest(key, rows)}

    def resting(self, first_serial: int) -> Iterator[tuple[int, int, Key]]:
        """Give time of the last packet, serial and key of the others."""
        for key, rows in self._rows.items():
            if len(rows) > SIZE and at_rest(key, rows):
                yield last(rows), first_serial + frame(rows), key

    def _note(self, key: Key, client_isn: int | None) -> None:
        if client_isn is None:
            return
        known = self._by_isn.setdefault(client_isn, key)
        if isinstance(known, set):
            known.add(key)
        elif known is not key:
            self._by_isn[client_isn] = {known, key}

    def _forget(self, key: Key, client_isn: int | None) -> None:
        if client_isn is None:
            return
        known = self._by_isn.get(client_isn)
        if isinstance(known, set):
            known.discard(key)
        if not isinstance(known, set) or not known:
            self._by_isn.pop(client_isn, None)
