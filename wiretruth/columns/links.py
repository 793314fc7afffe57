"""Link headers in columns: where the network packet begins. The definition is ``wire.links``, one file a link type."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from wiretruth.columns.view import Numbers, Truths, View
from wiretruth.model.frames import FrameBatch

IPV4, IPV6 = 0x0800, 0x86DD

_TAGS = (0x8100, 0x88A8, 0x9100)
_PEELED = 2
"""VLAN tags looked behind: 802.1ad needs two. A frame with more is odd."""

_DIRECTIONS = np.array([1, 1, 1, 1, 2, 0], np.int64)
"""Of cooked packet types; the last stands for all others."""

_FAMILIES = {2: IPV4, 10: IPV6, 24: IPV6, 28: IPV6, 30: IPV6}

NO_INDEX = -1
"""Stands for a frame whose link header names no kernel interface."""


class Links(NamedTuple):
    """What the link headers of a batch say."""

    ethertype: Numbers
    """0 where the header is cut or not understood."""
    start: Numbers
    """Where the network packet begins in the buffer."""
    direction: Numbers
    """Values of ``model.packet.Direction``."""
    kernel_index: Numbers
    """Kernel's number of the interface, or NO_INDEX."""


def links(view: View, batch: FrameBatch, offsets: Numbers, captured: Numbers) -> Links:
    """Read the link header of every row; *offsets* and *captured* are those of the batch."""
    types = [interface.link_type for interface in batch.interfaces]
    if len(set(types)) == 1:
        return _read(view, offsets, captured, types[0])
    of_row = np.array(types, np.int64)[np.frombuffer(batch.interface, np.int64)]
    found = Links(*(np.zeros(len(offsets), np.int64) for _ in Links._fields))
    for link_type in set(types):
        rows = np.flatnonzero(of_row == link_type)
        for column, part in zip(found, _read(view, offsets[rows], captured[rows], link_type), strict=True):
            column[rows] = part
    return found


def _read(view: View, offsets: Numbers, captured: Numbers, link_type: int) -> Links:
    reader = _READERS.get(link_type, _unknown)
    return reader(view, offsets, captured)


def _unknown(_view: View, offsets: Numbers, _captured: Numbers) -> Links:
    nothing = np.zeros_like(offsets)
    return Links(nothing, offsets, nothing, nothing + NO_INDEX)


def _ethernet(view: View, offsets: Numbers, captured: Numbers) -> Links:
    ethertype = view.numbers(offsets + 12, ">u2")
    ethertype[captured < 14] = 0  # noqa: PLR2004  (the length of the header)
    return _plain(*_peeled(view, ethertype, offsets + 14, offsets + captured))


def _cooked(view: View, offsets: Numbers, captured: Numbers) -> Links:
    ethertype = view.numbers(offsets + 14, ">u2") * (captured >= 16)  # noqa: PLR2004  (the length of the header)
    ethertype, start = _peeled(view, ethertype, offsets + 16, offsets + captured)
    return Links(ethertype, start, _direction(view.numbers(offsets, ">u2")), np.full_like(start, NO_INDEX))


def _cooked_2(view: View, offsets: Numbers, captured: Numbers) -> Links:
    ethertype = view.numbers(offsets, ">u2") * (captured >= 20)  # noqa: PLR2004  (the length of the header)
    ethertype, start = _peeled(view, ethertype, offsets + 20, offsets + captured)
    return Links(ethertype, start, _direction(view.numbers(offsets + 10, "u1")), view.numbers(offsets + 4, ">u4"))


def _raw(view: View, offsets: Numbers, captured: Numbers) -> Links:
    version = view.numbers(offsets, "u1") >> 4
    return _plain(_ethertypes(version, {4: IPV4, 6: IPV6}, captured > 0), offsets)


def _loopback(view: View, offsets: Numbers, captured: Numbers) -> Links:
    family = np.minimum(view.numbers(offsets, ">u4"), view.numbers(offsets, "<u4"))
    return _plain(_ethertypes(family, _FAMILIES, captured >= 4), offsets + 4)  # noqa: PLR2004  (the length of the header)


def _plain(ethertype: Numbers, start: Numbers) -> Links:
    return Links(ethertype, start, np.zeros_like(start), np.full_like(start, NO_INDEX))


def _direction(packet_type: Numbers) -> Numbers:
    return _DIRECTIONS[np.minimum(packet_type, len(_DIRECTIONS) - 1)]


def _ethertypes(said: Numbers, meaning: dict[int, int], there: Truths) -> Numbers:
    found = np.zeros_like(said)
    for value, ethertype in meaning.items():
        found[(said == value) & there] = ethertype
    return found


def _peeled(view: View, ethertype: Numbers, start: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Look behind VLAN tags, on those frames that have them."""
    for _ in range(_PEELED):
        tagged = _any_of(ethertype, _TAGS)
        if not tagged.any():
            break
        rows = np.flatnonzero(tagged)
        inner = start[rows]
        ethertype[rows] = view.numbers(inner + 2, ">u2") * (inner + 4 <= ends[rows])
        start[rows] += 4
    return ethertype, start


def _any_of(column: Numbers, values: tuple[int, ...]) -> Truths:
    """Do as ``np.isin``, which is slow."""
    found: Truths = column == values[0]
    for value in values[1:]:
        found |= column == value
    return found


_READERS: dict[int, Callable[[View, Numbers, Numbers], Links]] = {
    1: _ethernet,
    113: _cooked,
    276: _cooked_2,
    **dict.fromkeys((101, 228, 229, 12, 14), _raw),
    **dict.fromkeys((0, 108), _loopback),
}
