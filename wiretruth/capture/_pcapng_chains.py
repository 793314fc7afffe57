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
    heads,
    leading,
    parts,
    words,
)
from wiretruth.capture.pcapng_blocks import DROPCOUNT, EPB_DROPCOUNT, LATEST, MAX_OPTIONS, PACKET, Section
from wiretruth.capture.rows import Rows

_HEAD = 7
"""Words of it before its packet: type, length, interface, timestamp high and low, captured length, original length."""
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
    typical = PACKET + sum(rows.captured) // len(rows)
    last = len(octets) - PACKET
    stop = min(last + 1, position + rows.room * typical)
    if stop - position < LEAST_RECORDS * typical or any(clock.divisor != 1 for clock in section.clocks):
        return position
    view = words(octets, section.order)

    def sound(begins: Numbers) -> Truths:
        lengths = view[np.minimum(begins, last) + 4].astype(np.int64)
        aligned: Truths = begins - position & 3 == 0
        return aligned & (begins <= last) & _closed(begins, lengths, view, largest)

    begins = beginnings(octets, parts(position, stop, typical), (0, section.word.pack(_KIND)), sound)
    starts = follow(begins, stop, view[4:], 0)[: rows.room]
    return _take(starts, octets, section, largest, rows) or position


def _take(starts: Numbers, octets: memoryview, section: Section, largest: int, rows: Rows) -> int:
    """Add the blocks up to the first that is not sound; give where they end, 0 for none."""
    head = heads(octets, starts, section.order, _HEAD)
    kind, lengths, interface, high, low, captured, original = head.T.astype(np.int64, order="C")
    whole = (kind == _KIND) & _closed(starts, lengths, words(octets, section.order), largest)
    known = np.minimum(interface, len(section.clocks) - 1)
    # Half of what fits: then neither the product nor the sum with an offset leaves 64 bits.
    of_clocks = [(clock.multiplier, clock.offset, (LATEST >> 1) // clock.multiplier) for clock in section.clocks]
    each = np.array(of_clocks, np.int64).T
    multiplier, offset, latest = each if len(of_clocks) == 1 else (column[known] for column in each)
    ticks = high << 32 | low
    timely = (high <= LATEST >> 33) & (ticks <= latest)
    count = leading(whole & (interface == known) & (captured <= lengths - PACKET) & timely)
    if not count:
        return 0
    extend(rows.offsets, starts[:count] + 4 * _HEAD)
    extend(rows.captured, captured[:count])
    extend(rows.original, np.maximum(original, captured)[:count])
    extend(rows.times, (ticks * multiplier + offset)[:count])
    extend(rows.interface, section.first_interface + interface[:count])
    options = starts[:count] + PACKET - 4 + (captured[:count] + 3 & ~3)
    ends = starts[:count] + lengths[:count] - 4
    telling = ends - options >= DROPCOUNT
    if telling.any():
        _note_lost(options[telling], ends[telling], interface[:count][telling], words(octets, section.order), section)
    return int(starts[count - 1] + lengths[count - 1])


def _note_lost(places: Numbers, ends: Numbers, interface: Numbers, view: Words, section: Section) -> None:
    """Count what the options of packets, from *places* to *ends*, say was dropped; each step reads one option of each."""
    for _ in range(MAX_OPTIONS):
        head = view[places].astype(np.int64)
        code, length = (head & 0xFFFF, head >> 16) if section.order == "<" else (head >> 16, head & 0xFFFF)
        inside = (code != 0) & (places + 4 + length <= ends)
        for row in np.flatnonzero(inside & (code == EPB_DROPCOUNT) & (length == 8)).tolist():  # noqa: PLR2004 - octets
            halves = [int(view[places[row] + after]) for after in ((4, 8) if section.order == "<" else (8, 4))]
            section.lost[section.first_interface + int(interface[row])] += halves[0] | halves[1] << 32
        following = places + 4 + (length + 3 & ~3)
        going = inside & (following + 4 <= ends)
        places, ends, interface = following[going], ends[going], interface[going]
        if not places.size:
            return


def _closed(starts: Numbers, lengths: Numbers, view: Words, largest: int) -> Truths:
    """Tell which blocks lie within the piece, and end with their length."""
    trailer = starts + lengths - 4
    inside = (lengths >= PACKET) & (lengths & 3 == 0) & (lengths <= largest) & (trailer < len(view))
    closed: Truths = inside & (view[np.where(inside, trailer, 0)] == lengths)
    return closed
