"""TCP options in columns, all segments in step. The definition is ``wire.tcp_options``."""

from dataclasses import dataclass

import numpy as np

from wiretruth.columns.view import Numbers, Rows, Truths, View

END, NO_OPERATION, MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS = 0, 1, 2, 3, 4, 5, 8
"""Kinds (IANA tcp-parameters)."""

_LENGTHS = np.zeros(256, np.int64)
_LENGTHS[[MSS, WINDOW_SCALE, SACK_PERMITTED, TIMESTAMPS]] = 4, 3, 2, 10

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


def read(view: View, begin: Numbers, end: Numbers, sound: Truths) -> Options:
    """Read the options of segments.

    Args:
        view: the buffer.
        begin: where the options of each segment begin; behind the first octets of the buffer, so never 0.
        end: where they end.
        sound: tells of which segments that can be believed.
    """
    size = end - begin
    usual = (size == _WITH_TIMESTAMPS) & sound
    usual &= view.numbers(begin, ">u4") == _PADDED_TIMESTAMPS
    timestamps = np.where(usual, begin + 2, 0)
    special = np.flatnonzero((size > 0) & sound & ~usual)
    places: dict[int, Numbers] = {}
    if special.size:
        places, damaged = _walk(view, begin[special], end[special])
        timestamps[special] = places[TIMESTAMPS]
        sound = sound.copy()
        sound[special[damaged]] = False
    return Options(sound, timestamps, special, places)


def _walk(view: View, begin: Numbers, end: Numbers) -> tuple[dict[int, Numbers], Truths]:
    """Go from option to option; tell where each kind was met first, and which segments are damaged."""
    places = {kind: np.zeros_like(begin) for kind in (MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS)}
    damaged = np.zeros(len(begin), np.bool_)
    going, at, stop = np.arange(len(begin)), begin, end
    while going.size:
        kind = view.numbers(at, "u1")
        length = view.numbers(at + 1, "u1")
        single = kind == NO_OPERATION
        fits = single | ((at + 2 <= stop) & (length >= 2) & (at + length <= stop))  # noqa: PLR2004  (kind and length)
        fixed = _LENGTHS[kind]
        fits &= (fixed == 0) | (length == fixed)
        fits &= (kind != SACK) | (length % 8 == 2)  # noqa: PLR2004  (blocks of eight octets behind kind and length)
        ended = kind == END
        damaged[going[~fits & ~ended]] = True
        for wanted, place in places.items():
            here = fits & (kind == wanted)
            if here.any():
                met, where = going[here], at[here]
                place[met] = np.where(place[met], place[met], where)
        at = at + np.where(single, 1, length)
        left = fits & ~ended & (at < stop)
        going, at, stop = going[left], at[left], stop[left]
    return places, damaged
