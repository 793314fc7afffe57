"""Where the records of a big piece begin, found by many chains at once; proven, never guessed.

A capture file is a linked list: each record says where the next one begins. A loop over it takes a third of a microsecond
a record. Here the piece is cut into parts, a likely beginning is sought in each, and all chains of records go forward in
step, as one vector. The first chain begins at a known record; where it arrives exactly at the beginning of the second
one, that is proven too, and so on. What lies behind the first chain that arrives elsewhere is left to the loop.

numpy is imported here, and this module only where there is much to read: small files are read before numpy is loaded.
"""

from array import array
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LEAST_RECORDS = 1024
"""Records for which chains are worth their while."""

_LENGTH_OF_CHAIN = 64
"""Records of a chain on average: long enough to make a beginning cheap to seek, short enough for few steps."""

_STEPS = 16
"""Steps between two looks at whether all chains have arrived."""

_MOST_STEPS = 4 * _LENGTH_OF_CHAIN
"""A chain that takes more steps has much shorter records than those before, or was crafted: it proves nothing."""

_TRIES = 8
"""Places that look like a beginning and are none, looked at in one part."""

_NEAR = 3
"""Records of typical length within which a part's beginning is sought first, in all parts at once."""

_SOUGHT = 8
"""Records of typical length within which it is sought at all."""

Numbers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
Truths = npt.NDArray[np.bool_]


def words(octets: memoryview, order: str) -> Words:
    """See *octets* as 32-bit words, one beginning at every octet; *order* as :mod:`struct` says it."""
    return np.ndarray((max(len(octets) - 3, 0),), f"{order}u4", octets, strides=(1,))


def heads(octets: memoryview, begins: Numbers, order: str, count: int) -> Words:
    """Copy the first *count* 32-bit words of each record, one record a row."""
    width = 4 * count
    # Not words but bare rows are indexed: numpy copies those in one piece.
    bare = np.ndarray((max(len(octets) - width + 1, 0),), f"V{width}", octets, strides=(1,))
    return bare[begins].view(f"{order}u4").reshape(-1, count)


def beginnings(
    octets: memoryview, borders: range, mark: tuple[int, bytes], sound: Callable[[Numbers], Truths]
) -> Numbers:
    """Seek a likely beginning in each part of a piece.

    Args:
        octets: the piece.
        borders: where a record begins for certain, which is the first of the result; then where other parts begin.
        mark: octets that every record has, and their place in it.
        sound: tells of places with the mark whether a record may begin there.
    """
    found = [np.array(borders[:1], np.int64)]
    at = _first_look(octets, borders, mark)
    for _ in range(_TRIES):
        likely = sound(at)
        found.append(at[likely])
        at = _look_on(octets, borders, mark, at[~likely])
        if not at.size:
            break
    return np.sort(np.concatenate(found))


def _first_look(octets: memoryview, borders: range, mark: tuple[int, bytes]) -> Numbers:
    """Find the first place near the beginning of each part, in all parts at once; parts without one are left out."""
    place, wanted = mark
    width = borders.step // _LENGTH_OF_CHAIN * _NEAR
    first = borders.start + borders.step
    count = min(len(borders) - 1, (len(octets) - first - place - width - len(wanted)) // borders.step + 1)
    if count <= 0:
        return np.zeros(0, np.int64)
    windows = np.ndarray((count, width + len(wanted)), np.uint8, octets, first + place, (borders.step, 1))
    there = windows[:, :width] == wanted[0]
    for behind, octet in enumerate(wanted[1:], 1):
        there &= windows[:, behind : behind + width] == octet
    nearest = there.argmax(axis=1)
    met = np.flatnonzero(there[np.arange(count), nearest])
    places: Numbers = first + met * borders.step + nearest[met]
    return places


def _look_on(octets: memoryview, borders: range, mark: tuple[int, bytes], wrong: Numbers) -> Numbers:
    """Find the next places in the parts of those that were none."""
    place, wanted = mark
    width = borders.step // _LENGTH_OF_CHAIN * _SOUGHT
    found: list[int] = []
    for begin in (wrong + 1).tolist():
        end = begin - (begin - borders.start) % borders.step + width
        within = octets[begin + place : end + place].tobytes().find(wanted)
        if within >= 0:
            found.append(begin + within)
    return np.array(found, np.int64)


def parts(position: int, stop: int, typical: int) -> range:
    """Cut what lies between *position* and *stop* into parts of many records of *typical* octets."""
    return range(position, stop, typical * _LENGTH_OF_CHAIN)


def follow(begins: Numbers, stop: int, lengths: Words, extra: int) -> Numbers:
    """Follow the chains that begin at *begins*, each up to the beginning of the next one, the last one to *stop*.

    Args:
        begins: ascending; the first is a record for certain.
        stop: no record is looked at that begins there or behind it; the length of each one before it, and of one that
            would begin just behind it, can be read.
        lengths: by the position of a record, the length that it states.
        extra: what a record is longer than it states.

    Returns:
        Where the records of the proven chains begin. Their lengths are not judged: what stands behind the first absurd
        one is not proven.
    """
    ends = np.append(begins[1:], stop)
    steps = _steps(begins, ends, lengths, extra)
    within = steps < ends[:, None]
    count = np.count_nonzero(within, axis=1)
    last = steps.shape[1] - 1
    landed = steps[np.arange(len(begins)), np.minimum(count, last)] == ends
    landed[-1] |= count[-1] <= last
    wrong = np.flatnonzero(~landed)
    proven = int(wrong[0]) + 1 if wrong.size else len(begins)
    taken: Numbers = steps[:proven][within[:proven]]
    return taken


def _steps(begins: Numbers, ends: Numbers, lengths: Words, extra: int) -> Numbers:
    """Give the places of each chain, a row each, until all are at their ends; what goes beyond stays right behind."""
    steps = np.empty((_MOST_STEPS + 1, len(begins)), np.int64)
    steps[0] = begins
    beyond, more = ends + 1, np.full_like(ends, extra)
    done = 0
    while done < _MOST_STEPS and (steps[done] < ends).any():
        for before, after in pairwise(steps[done : done + _STEPS + 1]):
            np.add(before, lengths[before], out=after)
            np.add(after, more, out=after)
            np.minimum(after, beyond, out=after)
        done += _STEPS
    return np.ascontiguousarray(steps[: done + 1].T)


def leading(sound: Truths) -> int:
    """Tell how many of the first records are sound."""
    unsound = np.flatnonzero(~sound)
    return int(unsound[0]) if unsound.size else len(sound)


def extend(column: "array[int]", numbers: Numbers) -> None:
    """Add *numbers* to a column of a batch."""
    column.frombytes(np.ascontiguousarray(numbers, np.int64).view(np.uint8).data)
