"""What is said on connections that went on as they should, turn by turn. Imports numpy."""

from collections.abc import Iterator
from itertools import accumulate

import numpy as np

from wiretruth.columns.steady import Steady
from wiretruth.columns.view import Numbers

Marks = list[tuple[int, int]]


Speech = tuple[int, bool, bytes, list[int], Marks]
"""Slot; the client's or not; octets of one side between two of the other, where each segment ends in these, and its mark."""


def speeches(step: Steady, octets: memoryview, slots: Numbers) -> Iterator[Speech]:
    """Give what was said, connection by connection.

    Args:
        step: the connections; only those that are as they should be are heard.
        octets: the buffer.
        slots: of the connections.
    """
    rows = step.rows
    data = np.flatnonzero((rows.length > 0) & step.ok[rows.group])
    if not data.size:
        return
    group, side = rows.group[data], rows.side[data]
    turns = np.flatnonzero(np.concatenate(([True], (group[1:] != group[:-1]) | (side[1:] != side[:-1]))))
    begins, lengths = rows.begin[data].tolist(), rows.length[data].tolist()
    times, frames = rows.at[data].tolist(), rows.frame[data].tolist()
    first = turns.tolist()
    who = slots[group[turns]].tolist(), side[turns].tolist()
    for slot, client, start, stop in zip(*who, first, [*first[1:], len(data)], strict=True):
        if stop - start == 1:
            begin, length = begins[start], lengths[start]
            said = octets[begin : begin + length].tobytes(), [length], [(times[start], frames[start])]
        else:
            sizes = lengths[start:stop]
            pieces = [octets[a : a + n] for a, n in zip(begins[start:stop], sizes, strict=True)]
            marks = list(zip(times[start:stop], frames[start:stop], strict=True))
            said = b"".join(pieces), list(accumulate(sizes)), marks
        yield slot, client, *said
