"""The enhanced packet blocks of a big piece of a pcapng file."""

import numpy as np

from wiretruth.capture._chains import (
    LEAST_RECORDS,
    Numbers,
    Truths,
    Words,
    beginnings,
    extend,
    follow,
    leading,
    parts,
    words,
)
from wiretruth.capture.pcapng_blocks import LATEST, Section
from wiretruth.capture.rows import Rows

_AROUND = 32
"""Octets of an enhanced packet block around its packet, options left out."""
_KIND = 6


def walk(octets: memoryview, position: int, section: Section, largest: int, rows: Rows) -> int:
    """Add the blocks from *position* on that can be proven and are sound; *rows* show how long blocks are.

    Args:
        octets: the piece.
        position: where a block begins.
        section: the section at hand; where an interface counts in odd units, the loop is left to do it.
        largest: octets that a block may have.
        rows: not empty.

    Returns:
        Where the first block begins that was not taken.
    """
    typical = _AROUND + sum(rows.captured) // len(rows)
    last = len(octets) - _AROUND
    stop = min(last + 1, position + rows.room * typical)
    if stop - position < LEAST_RECORDS * typical or any(clock.divisor != 1 for clock in section.clocks):
        return position
    read = section.word.unpack_from

    def sound(begin: int) -> bool:
        if begin - position & 3 or begin > last:
            return False
        length: int = read(octets, begin + 4)[0]
        end = begin + length
        if length & 3 or not _AROUND <= length <= largest or end > len(octets):
            return False
        return bool(read(octets, end - 4)[0] == length)

    view = words(octets, section.order)
    begins = beginnings(octets, parts(position, stop, typical), section.word.pack(_KIND), 0, sound)
    starts, _ = follow(begins, stop, view[4:], 0)
    return _take(starts[: rows.room], view, section, largest, rows) or position


def _take(starts: Numbers, view: Words, section: Section, largest: int, rows: Rows) -> int:
    """Add the blocks up to the first that is not sound; give where they end, 0 for none."""
    starts = starts[: leading(_whole(starts, view, largest))]
    interface, captured = view[starts + 8].astype(np.int64), view[starts + 20].astype(np.int64)
    lengths = view[starts + 4].astype(np.int64)
    known = np.minimum(interface, len(section.clocks) - 1)
    high, low = view[starts + 12].astype(np.int64), view[starts + 16].astype(np.int64)
    multiplier = np.array([clock.multiplier for clock in section.clocks], np.int64)[known]
    offset = np.array([clock.offset for clock in section.clocks], np.int64)[known]
    # Half of what fits: then neither the product nor the sum with an offset leaves 64 bits.
    timely = (high <= LATEST >> 33) & ((high << 32 | low) <= (LATEST >> 1) // multiplier)
    count = leading((interface == known) & (captured <= lengths - _AROUND) & timely)
    if not count:
        return 0
    extend(rows.offsets, starts[:count] + 28)
    extend(rows.captured, captured[:count])
    extend(rows.original, np.maximum(view[starts + 24], captured)[:count])
    extend(rows.times, ((high << 32 | low) * multiplier + offset)[:count])
    extend(rows.interface, section.first_interface + interface[:count])
    return int(starts[count - 1] + lengths[count - 1])


def _whole(starts: Numbers, view: Words, largest: int) -> Truths:
    """Tell which blocks are enhanced packet blocks, lie within the piece, and end with their length."""
    lengths = view[starts + 4].astype(np.int64)
    trailer = starts + lengths - 4
    inside = (view[starts] == _KIND) & (lengths >= _AROUND) & (lengths & 3 == 0) & (lengths <= largest)
    inside &= trailer < len(view)
    whole: Truths = inside & (view[np.where(inside, trailer, 0)] == lengths)
    return whole
