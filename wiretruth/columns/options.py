"""TCP options in columns, all segments in step. The definition is ``wire.tcp_options``."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wiretruth.columns.view import Numbers, Rows, Truths, View

END, NO_OPERATION, MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS = 0, 1, 2, 3, 4, 5, 8
"""Kinds (IANA tcp-parameters)."""


def _steps() -> Numbers:
    """Give how far it is to the next option, by the first two octets of one; 0 where there is none behind it."""
    kind, length = np.divmod(np.arange(1 << 16), 256)
    steps = np.where(length >= 2, length, 0)  # noqa: PLR2004  (kind and length)
    for fixed, expected in ((MSS, 4), (WINDOW_SCALE, 3), (SACK_PERMITTED, 2), (TIMESTAMPS, 10)):
        steps[(kind == fixed) & (length != expected)] = 0
    steps[(kind == SACK) & (length % 8 != 2)] = 0  # noqa: PLR2004  (blocks of eight octets behind kind and length)
    steps[kind == NO_OPERATION] = 1
    steps[kind == END] = 0
    return steps


_STEPS = _steps()

_KEPT = (MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS)

_OPENING = np.dtype(
    [
        ("mss", ">u2"),
        ("size", ">u2"),
        ("permitted", ">u4"),
        ("stamps", "V8"),
        ("pad", "u1"),
        ("scale", ">u2"),
        ("shift", "u1"),
    ]
)
_MSS_HEAD, _PERMITTED_AND_STAMPS, _SCALE_HEAD = 0x0204, 0x0402080A, 0x0303

_PADDED_TIMESTAMPS = 0x0101080A
_WITH_TIMESTAMPS = 12


@dataclass(frozen=True, slots=True)
class Options:
    """Where the first option of each kind begins, by kind; 0 where there is none."""

    sound: Truths
    """The segment was sound, and so are its options."""
    timestamps: Numbers
    """Of all segments."""
    special: Rows
    """The segments that have options of any other shape than timestamps alone, padded as usual."""
    places: dict[int, Numbers]
    """Of *special*."""


def read(view: View, begin: Numbers, end: Numbers, first: npt.NDArray[Any], sound: Truths) -> Options:
    """Read the options of segments.

    Args:
        view: the buffer.
        begin: where the options of each segment begin; behind the first octets of the buffer, so never 0.
        end: where they end.
        first: the first four octets of the options of each, as a number.
        sound: tells of which segments that can be believed.
    """
    size = end - begin
    usual = (size == _WITH_TIMESTAMPS) & sound
    usual &= first == _PADDED_TIMESTAMPS
    timestamps = np.where(usual, begin + 2, 0)
    special = np.flatnonzero((size > 0) & sound & ~usual)
    places: dict[int, Numbers] = {}
    if special.size:
        places = {kind: np.zeros(special.size, np.int64) for kind in _KEPT}
        rest = np.flatnonzero(~_linux(view, begin[special], end[special], places))
        if rest.size:
            others = special[rest]
            damaged = _walk(view, begin[others], end[others], rest, places)
            sound = sound.copy()
            sound[others[damaged]] = False
        timestamps[special] = places[TIMESTAMPS]
    return Options(sound, timestamps, special, places)


def _linux(view: View, begin: Numbers, end: Numbers, places: dict[int, Numbers]) -> Truths:
    """Tell which options are as Linux opens a connection, and set their places: almost nobody else has to walk."""
    header = view.headers(begin, _OPENING)
    found: Truths = (end - begin == _OPENING.itemsize) & (header["mss"] == _MSS_HEAD)
    found &= (
        (header["permitted"] == _PERMITTED_AND_STAMPS)
        & (header["pad"] == NO_OPERATION)
        & (header["scale"] == _SCALE_HEAD)
    )
    for kind, behind in ((MSS, 0), (SACK_PERMITTED, 4), (TIMESTAMPS, 6), (WINDOW_SCALE, 17)):
        places[kind][found] = begin[found] + behind
    return found


def _walk(view: View, begin: Numbers, end: Numbers, rows: Rows, places: dict[int, Numbers]) -> Truths:
    """Go from option to option; set where each kind was met first, and tell which segments are damaged."""
    damaged = np.zeros(len(begin), np.bool_)
    met: list[tuple[Rows, Numbers, Numbers]] = []
    going, at, stop = np.arange(len(begin)), begin, end
    while going.size:
        head = view.numbers(at, ">u2")
        kind, following = head >> 8, at + _STEPS[head]
        fits = (following > at) & (following <= stop)
        met.append((rows[going[fits]], kind[fits], at[fits]))
        damaged[going[~fits & (kind != END)]] = True
        left = fits & (following < stop)
        going, at, stop = going[left], following[left], stop[left]
    # Backwards: of those that are assigned to the same place, the last one stays, which is the first one met.
    row, kind, where = (np.concatenate(column[::-1]) for column in zip(*met, strict=True))
    for wanted, place in places.items():
        here = kind == wanted
        place[row[here]] = where[here]
    return damaged
