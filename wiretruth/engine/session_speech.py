"""What is said on connections that went on as they should, turn by turn. Imports numpy."""

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from wiretruth.columns.steady import Steady
from wiretruth.columns.view import Numbers

Marks = list[tuple[int, int]]


class Speech(NamedTuple):
    """Octets of one side between two of the other."""

    slot: int
    from_client: bool
    octets: bytes
    ends: list[int]
    """Where each segment ends in these."""
    marks: Marks


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
    marks = list(zip(rows.at[data].tolist(), rows.frame[data].tolist(), strict=True))
    firsts, whose = turns.tolist(), side[turns].tolist()
    for slot, client, first, stop in zip(
        slots[group[turns]].tolist(), whose, firsts, [*firsts[1:], len(data)], strict=True
    ):
        begin, length = begins[first], lengths[first]
        if stop - first == 1:
            yield Speech(slot, client, octets[begin : begin + length].tobytes(), [length], marks[first:stop])
        else:
            pieces = [octets[a : a + n] for a, n in zip(begins[first:stop], lengths[first:stop], strict=True)]
            ends = list(accumulate(lengths[first:stop]))
            yield Speech(slot, client, b"".join(pieces), ends, marks[first:stop])
