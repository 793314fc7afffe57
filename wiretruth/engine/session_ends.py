"""Who talks with whom, of connections of mail that are kept in columns. Imports numpy."""

from ipaddress import ip_address
from typing import Any

import numpy as np

from wiretruth.columns.dns import Hashes
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.selection import FOLLOWED
from wiretruth.columns.steady import State, empty
from wiretruth.columns.view import Rows, Truths
from wiretruth.flow.keys import Key
from wiretruth.model.packet import Endpoint
from wiretruth.wire.addresses import ipv4_text, ipv6_text

PORT = 25

_SYN = 0x02
_FLAGS = 0x3F
_HALF = 0xFFFFFFFFFFFFFFFF
_FACTORS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
_FOLD, _WORD, _PORT_BITS = np.uint64(29), np.uint64(32), np.uint64(16)
_WHO = ("low", "high", "low_port", "high_port", "place", "version")


def of_mail(found: Grouped) -> Truths:
    """Tell which connections go to the port of mail, and from none that has a meaning."""
    source, destination = found.tcp["source_port"][found.starts], found.tcp["destination_port"][found.starts]
    mail: Truths = (source == PORT) & ~FOLLOWED[destination] | (destination == PORT) & ~FOLLOWED[source]
    return mail


def opening(found: Grouped, which: Rows) -> Truths:
    """Tell which of some connections begin with a SYN to the port of mail."""
    first = found.starts[which]
    asks: Truths = (found.tcp["flags"][first] & _FLAGS == _SYN) & (found.tcp["destination_port"][first] == PORT)
    return asks


def seen(found: Grouped, which: Rows, places: list[int]) -> State:
    """Give some connections, of which nothing but the ends is known yet.

    Args:
        found: segments by connection.
        which: of these.
        places: numbers of the vantages where each of them was seen.
    """
    state, first = empty(len(which)), found.starts[which]
    header, tcp, high = found.header[first], found.tcp[first], found.by_high[first]
    source, destination = (_words(header, end, found.version) for end in ("source", "destination"))
    state["low"] = np.where(high[:, None], destination, source)
    state["high"] = np.where(high[:, None], source, destination)
    ports = tcp["source_port"], tcp["destination_port"]
    state["low_port"], state["high_port"] = np.where(high, *ports[::-1]), np.where(high, *ports)
    state["place"], state["version"] = places, found.version
    return state


def _words(header: "np.ndarray[Any, np.dtype[np.void]]", end: str, version: int) -> Hashes:
    words: Hashes = np.zeros((len(header), 2), np.uint64)
    if version == 4:  # noqa: PLR2004
        words[:, 1] = header[end]
    else:
        words[:, 0], words[:, 1] = header[f"{end}_head"], header[f"{end}_tail"]
    return words


def of_key(key: Key, place: int) -> State:
    """Give the same of a connection that is known by its key; *place* is the number of its vantage."""
    state = empty(1)
    _, one, one_port, other, other_port = key
    ends = sorted((int(ip_address(address)), port) for address, port in ((one, one_port), (other, other_port)))
    for name, (address, port) in zip(("low", "high"), ends, strict=True):
        state[name], state[f"{name}_port"] = (address >> 64, address & _HALF), port
    state["version"], state["place"] = ip_address(one).version, place
    return state


def same(ones: State, others: State) -> Truths:
    """Tell of each two whether they have the same ends, seen at the same place."""
    alike = np.ones(len(ones), np.bool_)
    for name in _WHO:
        column = ones[name] == others[name]
        alike &= column.all(axis=1) if column.ndim > 1 else column
    return alike


def hashes(state: State) -> Hashes:
    """Mix ends and place into one number each; for looking up only, each match has to be confirmed."""
    one, two, three = _FACTORS
    low, high = state["low"], state["high"]
    mixed = (low[:, 0] + one) * two ^ (low[:, 1] + three) * one
    mixed = (mixed ^ mixed >> _FOLD) * three + (high[:, 0] + two) * one
    mixed = (mixed ^ mixed >> _FOLD) * two + (high[:, 1] + three) * one
    rest = state["low_port"].astype(np.uint64) << _WORD | state["high_port"].astype(np.uint64) << _PORT_BITS
    mixed = (mixed ^ mixed >> _FOLD) * one + (rest | state["place"].astype(np.uint64)) * two
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed


def ends(row: Any) -> tuple[Endpoint, Endpoint]:
    """Give client and server of a connection."""
    low, high = (
        Endpoint(text(row[name].tolist(), int(row["version"])), int(row[f"{name}_port"])) for name in ("low", "high")
    )
    return (high, low) if row["client_high"] else (low, high)


def text(words: list[int], version: int) -> str:
    """Give an address as text."""
    head, tail = words
    return ipv4_text(tail.to_bytes(4)) if version == 4 else ipv6_text((head << 64 | tail).to_bytes(16))  # noqa: PLR2004


class Places:
    """Numbers for vantages."""

    def __init__(self) -> None:
        """Begin without one."""
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """Give the number of a vantage."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number
