"""Connections of which a batch holds a single SYN, as rows that need no object. Imports numpy."""

from typing import Any

import numpy as np
import numpy.typing as npt

from wiretruth.columns.dns import Hashes
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.outlines import ROW, outlined
from wiretruth.columns.outlines import rows as outline_rows
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.model.packet import TcpFlag

ENDS = np.dtype([
    ("client", "<u8", 2), ("server", "<u8", 2), ("client_port", "<u2"), ("server_port", "<u2"), ("place", "<u2"),
    ("version", "u1"),
])  # fmt: skip
"""Sender and receiver of the first packet, the number of the vantage, and the version of IP."""

ATTEMPT = np.dtype([("ends", ENDS), ("row", ROW)])

Ends = npt.NDArray[Any]

_FLAGS, _SYN = 0x3F, int(TcpFlag.SYN)
_ONE, _TWO, _FOLD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(31)


def single(found: Grouped) -> Truths:
    """Tell which groups are a single SYN, as far as flags tell."""
    first = found.tcp["flags"][found.starts] & _FLAGS
    asks: Truths = (found.counts == 1) & (first == _SYN)
    return asks


def plain(found: Grouped, which: Truths) -> Truths:
    """Tell which of some groups are outlines."""
    chosen = np.zeros(len(which), np.bool_)
    chosen[which] = outlined(found.some(which)) if which.any() else ()
    return chosen


def ends(found: Grouped, places: list[int], seen_at: Rows | None) -> Ends:
    """Give the ends of each group, as its first packet names them.

    Args:
        found: segments by connection.
        places: numbers of the vantages of the batch.
        seen_at: where each row of the batch was seen; ``None`` for all at the first of these.
    """
    first = found.starts
    header, tcp, made = found.header[first], found.tcp[first], np.zeros(len(first), ENDS)
    for name, end in (("client", "source"), ("server", "destination")):
        if found.version == 4:  # noqa: PLR2004
            made[name][:, 1] = header[end]
        else:
            made[name][:, 0], made[name][:, 1] = header[f"{end}_head"], header[f"{end}_tail"]
    made["client_port"], made["server_port"] = tcp["source_port"], tcp["destination_port"]
    made["place"] = places[0] if seen_at is None else np.array(places)[seen_at[found.rows[first]]]
    made["version"] = found.version
    return made


def attempts(found: Grouped, which: Truths, named: Ends, first_number: int) -> npt.NDArray[Any]:
    """Give rows of some groups of one packet each."""
    some = found.some(which)
    made = np.zeros(len(some.rows), ATTEMPT)
    made["ends"], made["row"] = named[which], outline_rows(some, first_number)
    return made


def hashes(named: Ends) -> Hashes:
    """Mix the ends of connections into one number each, whoever sent the packet."""
    mixed = _end(named["client"], named["client_port"]) + _end(named["server"], named["server_port"])
    mixed = (mixed ^ mixed >> _FOLD) * _ONE + named["place"].astype(np.uint64) * _TWO + named["version"]
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed


def same(ones: Ends, others: Ends) -> Truths:
    """Tell of each two whether they have the same ends, whoever sent the packet."""
    alike: Truths = (ones["place"] == others["place"]) & (ones["version"] == others["version"])
    alike &= _meet(ones, others, "client", "server") | _meet(ones, others, "server", "client")
    return alike


def by_server(named: Ends, serials: Numbers) -> tuple[Rows, Rows]:
    """Bring together what asks the same server at the same vantage, the newest first; tell where each server begins."""
    words = [named["server"][:, 0], named["server"][:, 1], named["place"], named["version"]]
    mixed = _end(named["server"], named["place"])
    order = np.lexsort((-serials, mixed))
    border = _borders(words, order)
    if (border[1:] & (mixed[order][1:] == mixed[order][:-1])).any():
        order = np.lexsort((-serials, *words))
        border = _borders(words, order)
    return order, np.flatnonzero(border)


def _borders(words: list[Any], order: Rows) -> Truths:
    border = np.ones(len(order), np.bool_)
    border[1:] = False
    for word in words:
        placed = word[order]
        border[1:] |= placed[1:] != placed[:-1]
    return border


def _meet(ones: Ends, others: Ends, client: str, server: str) -> Truths:
    meet: Truths = (ones["client_port"] == others[f"{client}_port"]) & (ones["server_port"] == others[f"{server}_port"])
    meet &= (ones["client"] == others[client]).all(axis=1) & (ones["server"] == others[server]).all(axis=1)
    return meet


def _end(words: Hashes, port: npt.NDArray[np.uint16]) -> Hashes:
    mixed = (words[:, 0] ^ _TWO) * _ONE
    mixed = ((mixed ^ mixed >> _FOLD) + words[:, 1]) * _TWO
    mixed = ((mixed ^ mixed >> _FOLD) + port) * _ONE
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed
