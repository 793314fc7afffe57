"""The records of a big piece of a pcap file."""

import numpy as np

from wiretruth.capture._chains import LEAST_RECORDS, Numbers, Words, beginnings, extend, follow, leading, parts, words
from wiretruth.capture.pcap import RECORD_HEADER, Layout
from wiretruth.capture.rows import Rows
from wiretruth.model.frames import NANOSECONDS


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
    lead = 2 if order == "<" else 0
    mark = bytes(octets[position + lead : position + lead + 2])
    seconds: int = record.unpack_from(octets, position)[0]

    def sound(begin: int) -> bool:
        if begin > last:
            return False
        _, _, captured, original = record.unpack_from(octets, begin)
        following = begin + RECORD_HEADER + captured
        if captured > largest or original < captured or following > last:
            return False
        return bool(record.unpack_from(octets, following)[0] >> 16 == seconds >> 16)

    begins = beginnings(octets, parts(position, stop, typical), mark, lead, sound)
    view = words(octets, order)
    starts, _ = follow(begins, stop, view[8:], RECORD_HEADER)
    starts = starts[: rows.room]
    captured = view[starts + 8].astype(np.int64)
    count = leading((captured <= largest) & (starts + captured <= last))
    starts, captured = starts[:count], captured[:count]
    extend(rows.offsets, starts + RECORD_HEADER)
    extend(rows.captured, captured)
    extend(rows.original, np.maximum(view[starts + 12], captured))
    extend(rows.times, _times(view, starts, layout.tick))
    return int(starts[-1] + RECORD_HEADER + captured[-1]) if count else position


def _times(view: Words, starts: Numbers, tick: int) -> Numbers:
    return view[starts].astype(np.int64) * NANOSECONDS + view[starts + 4].astype(np.int64) * tick
