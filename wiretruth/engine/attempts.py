"""Single SYNs of a flood, waiting in columns: an object is made of one when anything else is seen of it, or it is judged.

Imports numpy.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

import numpy as np
import numpy.typing as npt

from wiretruth.columns.attempts import ATTEMPT, ENDS, Ends, by_server, hashes, same
from wiretruth.columns.dns import Hashes
from wiretruth.columns.view import Numbers, Truths
from wiretruth.engine.gathering import MAX_OTHERS, MAX_SPEECHLESS
from wiretruth.engine.session_ends import Places, text
from wiretruth.flow.crowding import Server
from wiretruth.flow.idle import IDLE_OTHERWISE
from wiretruth.flow.keys import Key
from wiretruth.flow.keys import key as key_of
from wiretruth.flow.outline import Outline
from wiretruth.witnesses.contact import MAIL_PORTS

_HALF = (1 << 64) - 1

_Attempts = npt.NDArray[Any]


class Flood:
    """As ``flow.attempts`` has it; no two rows share a hash."""

    def __init__(self, first_serial: int) -> None:
        """Begin empty."""
        self.places = Places()
        self._first_serial = first_serial
        self._rows: _Attempts = np.zeros(0, ATTEMPT)
        self._waiting: Truths = np.zeros(0, np.bool_)
        self._size = 0
        self._hashes: Hashes = np.zeros(0, np.uint64)
        """Ascending, as :attr:`_order` has the rows."""
        self._order: Numbers = np.zeros(0, np.intp)
        self._numbers: tuple[npt.NDArray[np.uint32], Numbers] | None = None
        """First sequence numbers, ascending, and which rows have them; ``None`` until somebody asks."""
        self._ended: _Attempts = np.zeros(0, ATTEMPT)
        self._dropped = (0, 0)
        """Those to mail ports that ended and are not kept, and the others."""

    def __len__(self) -> int:
        return self._size

    def find(self, named: Ends, hashed: Hashes) -> tuple[Numbers, Truths]:
        """Give the row of each connection, -1 for none; and tell which hashes are taken."""
        if not len(self._hashes):
            return np.full(len(named), -1), np.zeros(len(named), np.bool_)
        place = np.minimum(np.searchsorted(self._hashes, hashed), len(self._hashes) - 1)
        taken, row = self._hashes[place] == hashed, self._order[place]
        found = taken & self._waiting[row] & same(self._rows["ends"][row], named)
        return np.where(found, row, -1), taken

    def add(self, made: _Attempts, hashed: Hashes) -> None:
        """Keep rows whose hashes are not taken yet."""
        order = np.concatenate((self._order, np.arange(len(self._rows), len(self._rows) + len(made))))
        every = np.concatenate((self._hashes, hashed))
        placed = np.argsort(every)
        self._hashes, self._order = every[placed], order[placed]
        self._rows = np.concatenate((self._rows, made))
        self._waiting = np.concatenate((self._waiting, np.ones(len(made), np.bool_)))
        self._size += len(made)
        self._numbers = None

    def key(self, row: int) -> Key:
        """Name the connection of a row."""
        return _key(self._rows["ends"][row], self.places.names)

    def pop(self, key: Key) -> bytes | None:
        """Give the row of one, if it is here, and forget it."""
        named = _named(key, self.places.number(key[0]))
        (row,) = self.find(named, hashes(named))[0].tolist()
        if row < 0:
            return None
        return self.take(row)

    def take(self, row: int) -> bytes:
        """Give a row as ``flow.outline`` has it, and forget it."""
        self._waiting[row] = False
        self._size -= 1
        octets: bytes = self._rows["row"][row].tobytes()
        return octets

    def named(self, vantage: str, client_isn: int) -> list[Key]:
        """Give the keys of those that began with a number."""
        if self._numbers is None:
            order = np.argsort(self._rows["row"]["seq"])
            self._numbers = self._rows["row"]["seq"][order], order
        numbers, order = self._numbers
        begin, end = (int(np.searchsorted(numbers, np.uint32(client_isn), side)) for side in ("left", "right"))
        keys = [self.key(row) for row in order[begin:end].tolist() if self._waiting[row]]
        return [key for key in keys if key[0] == vantage]

    def end_idle(self, now: int) -> None:
        """End what has been waiting too long."""
        self._end(self._waiting & (self._rows["row"]["at"] + IDLE_OTHERWISE < now))

    def crowded_out(self, waiting: Mapping[int, Server], excess: int) -> list[int]:
        """End as many as ``flow.crowding`` says; give the serials of the others that make room with them."""
        mine = np.flatnonzero(self._waiting)
        serials = np.concatenate((
            self._rows["row"]["number"][mine] + self._first_serial, np.fromiter(waiting, np.int64, len(waiting))
        ))  # fmt: skip
        asked = np.concatenate((self._rows["ends"][mine], *(_asked(one, self.places) for one in waiting.values())))
        chosen = _crowded_out(asked, serials, excess)
        ends = np.zeros(len(self._rows), np.bool_)
        ends[mine[chosen[chosen < len(mine)]]] = True
        self._end(ends)
        others: list[int] = serials[chosen[chosen >= len(mine)]].tolist()
        return others

    def end_all(self) -> None:
        """End every one."""
        self._end(self._waiting.copy())

    def take_ended(self) -> Iterator[Outline]:
        """Give those that ended and are kept, once."""
        ended, self._ended = self._ended, np.zeros(0, ATTEMPT)
        for one in ended:
            serial = self._first_serial + int(one["row"]["number"])
            yield Outline(serial, _key(one["ends"], self.places.names), one["row"].tobytes())

    def take_dropped(self) -> tuple[int, int]:
        """Give how many to mail ports, and of the others, ended and were not kept, since this was asked last."""
        dropped, self._dropped = self._dropped, (0, 0)
        return dropped

    def _end(self, which: Truths) -> None:
        """End some, forget what is no longer waiting, and keep no more than will be judged."""
        ended, kept = self._rows[which], self._waiting & ~which
        if not kept.all():
            place = np.cumsum(kept) - 1
            stays = kept[self._order]
            self._hashes, self._order = self._hashes[stays], place[self._order[stays]]
            self._rows, self._waiting, self._numbers = self._rows[kept], kept[kept], None
            self._size = len(self._rows)
        if len(ended):
            self._keep(np.concatenate((self._ended, ended)))

    def _keep(self, ended: _Attempts) -> None:
        mail = np.isin(ended["ends"]["server_port"], list(MAIL_PORTS))
        speechless, others = ended[mail], ended[~mail]
        excess = _crowded_out(speechless["ends"], speechless["row"]["number"], len(speechless) - MAX_SPEECHLESS)
        oldest = np.argsort(others["row"]["number"])[: max(len(others) - MAX_OTHERS, 0)]
        self._dropped = self._dropped[0] + len(excess), self._dropped[1] + len(oldest)
        self._ended = np.concatenate((np.delete(speechless, excess), np.delete(others, oldest)))


def _crowded_out(asked: Ends, serials: Numbers, excess: int) -> Numbers:
    """Choose what ``flow.crowding`` would."""
    if excess <= 0:
        return np.zeros(0, np.intp)
    order, begins = by_server(asked, serials)
    newer = np.empty(len(order), np.int64)
    newer[order] = np.arange(len(order)) - np.repeat(begins, np.diff([*begins.tolist(), len(order)]))
    chosen: Numbers = np.lexsort((serials, -newer))[:excess]
    return chosen


def _key(row: Any, names: list[str]) -> Key:
    version = int(row["version"])
    client, server = text(row["client"].tolist(), version), text(row["server"].tolist(), version)
    return key_of(names[int(row["place"])], client, int(row["client_port"]), server, int(row["server_port"]))


def _named(key: Key, place: int) -> Ends:
    _, one, one_port, other, other_port = key
    made = np.zeros(1, ENDS)
    made["client"], made["server"] = _words(one), _words(other)
    made["client_port"], made["server_port"], made["place"] = one_port, other_port, place
    made["version"] = ip_address(one).version
    return made


def _asked(server: Server, places: Places) -> Ends:
    made = np.zeros(1, ENDS)
    vantage, address = server
    made["server"], made["place"], made["version"] = (
        _words(address),
        places.number(vantage),
        ip_address(address).version,
    )
    return made


def _words(address: str) -> tuple[int, int]:
    number = int(ip_address(address))
    return number >> 64, number & _HALF
