"""The records of a big piece of a pcap file."""

import numpy as np

from wiretruth.capture._chains import (
    LEAST_RECORDS,
    Numbers,
    Truths,
    beginnings,
    extend,
    follow,
    heads,
    leading,
    parts,
    words,
)
from wiretruth.capture._pcap_variants import RECORD_HEADER, Layout
from wiretruth.capture.rows import Rows
from wiretruth.model.frames import NANOSECONDS

_LEAST_MAGIC = 0xA1B23C4D
"""Of the numbers that files begin with: a record without an octet may be the header of another file, and the loop looks."""


def walk(octets: memoryview, position: int, layout: Layout, rows: Rows) -> int:
    """Add the records from *position* on that can be proven and are whole; *rows* show how long records are.

    Returns:
        Where the first record begins that was not taken.
    """
    record, largest = layout.record, layout.largest
    typical = RECORD_HEADER + sum(rows.captured) // len(rows)
    last = len(octets) - RECORD_HEADER
    stop = min(last + 1, position + rows.room * typical)
    if stop - position < LEAST_RECORDS * typical:
        return position
    order = record.format[0]
    # Records of one piece were captured within hours of each other: the upper half of the seconds is the same.
    hours: int = record.unpack_from(octets, position)[0] >> 16
    lead = 2 if order == "<" else 0
    mark = lead, bytes(octets[position + lead : position + lead + 2])

    def sound(begins: Numbers) -> Truths:
        begins = np.minimum(begins, last)
        seconds, _, captured, original = heads(octets, begins, order, 4).T
        following = begins + RECORD_HEADER + captured
        there = (seconds >> 16 == hours) & (captured <= largest) & (original >= captured) & (following <= last)
        likely: Truths = there & (seconds_at[np.where(there, following, begins)] >> 16 == hours)
        return likely

    seconds_at = words(octets, order)
    begins = beginnings(octets, parts(position, stop, typical), mark, sound)
    starts = follow(begins, stop, seconds_at[8:], RECORD_HEADER)[: rows.room]
    seconds, fraction, captured, original = heads(octets, starts, order, 4).T.astype(np.int64, order="C")
    packets = (captured > 0) | (seconds < _LEAST_MAGIC)
    count = leading((captured <= largest) & (starts + captured <= last) & packets)
    extend(rows.offsets, starts[:count] + RECORD_HEADER)
    extend(rows.captured, captured[:count])
    extend(rows.original, np.maximum(original, captured)[:count])
    extend(rows.times, (seconds * NANOSECONDS + fraction * layout.tick)[:count])
    return int(starts[count - 1] + RECORD_HEADER + captured[count - 1]) if count else position
