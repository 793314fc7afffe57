"""Where the records of a big piece begin, found by many chains at once; proven, never guessed.

A capture file is a linked list: each record says where the next one begins. A loop over it takes a third of a microsecond
a record. Here the piece is cut into parts, a likely beginning is sought in each, and all chains of records go forward in
step, as one vector. The first chain begins at a known record; where it lands exactly on the beginning of the second
one, that is proven too, and so on. What lies behind the first chain that lands elsewhere is left to the loop.

numpy is imported here, and this module only where there is much to read: small files are read before numpy is loaded.
"""

from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

LEAST_RECORDS = 1024
"""Records for which chains are worth their while."""

_LENGTH_OF_CHAIN = 96
"""Records of a chain on average: long enough to make a beginning cheap to seek, short enough for few steps."""

_MOST_STEPS = 4 * _LENGTH_OF_CHAIN
"""A chain that takes more steps has much shorter records than those before, or was crafted: it proves nothing."""

_SOUGHT = 24
"""Records of typical length within which a part's beginning is sought."""

_TRIES = 32
"""Places that look like a beginning and are none, looked at in one part."""

Numbers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
Truths = npt.NDArray[np.bool_]


def words(octets: memoryview, order: str) -> Words:
    """See *octets* as 32-bit words, one beginning at every octet; *order* as :mod:`struct` says it."""
    return np.ndarray((max(len(octets) - 3, 0),), f"{order}u4", octets, strides=(1,))


def beginnings(octets: memoryview, borders: range, mark: bytes, lead: int, sound: Callable[[int], bool]) -> list[int]:
    """Seek a likely beginning in each part of a piece.

    Args:
        octets: the piece.
        borders: where a record begins for certain, which is the first of the result; then where other parts begin.
        mark: octets that every record has.
        lead: octets of a record before its mark.
        sound: tells whether a record may begin somewhere where the mark is.
    """
    found = [borders.start]
    width = borders.step // _LENGTH_OF_CHAIN * _SOUGHT
    for border in borders[1:]:
        window = octets[border + lead : border + lead + width].tobytes()
        place = window.find(mark)
        for _ in range(_TRIES):
            if place < 0:
                break
            if sound(border + place):
                found.append(border + place)
                break
            place = window.find(mark, place + 1)
    return found


def parts(position: int, stop: int, typical: int) -> range:
    """Cut what lies between *position* and *stop* into parts of many records of *typical* octets."""
    return range(position, stop, typical * _LENGTH_OF_CHAIN)


def follow(begins: list[int], stop: int, lengths: Words, extra: int) -> tuple[Numbers, int]:
    """Follow the chains that begin at *begins*, each up to the beginning of the next one, the last one to *stop*.

    Args:
        begins: ascending; the first is a record for certain.
        stop: no record is looked at that begins there or behind it; the length of each one before it can be read.
        lengths: by the position of a record, the length that it states.
        extra: what a record is longer than it states.

    Returns:
        Where the records of the proven chains begin, and where the next one would. Their lengths are not judged: what
        stands behind the first absurd one is not proven.
    """
    home = np.array(begins, np.int64)
    ends = np.append(home[1:], stop)
    position, going = home, home < ends
    steps: list[Numbers] = []
    while len(steps) < _MOST_STEPS and going.any():
        steps.append(position)
        # Who has arrived asks at home, and stays where it is.
        stated = lengths[np.where(going, position, home)]
        position = position + going * (stated.astype(np.int64) + extra)
        going = position < ends
    wrong = np.flatnonzero(position[:-1] != ends[:-1])
    proven = int(wrong[0]) + 1 if wrong.size else len(begins)
    taken = np.array(steps, np.int64).reshape(len(steps), len(begins)).T[:proven]
    return taken[taken < ends[:proven, None]], int(position[proven - 1])


def leading(sound: Truths) -> int:
    """Tell how many of the first records are sound."""
    unsound = np.flatnonzero(~sound)
    return int(unsound[0]) if unsound.size else len(sound)


def extend(column: "array[int]", numbers: Numbers) -> None:
    """Add *numbers* to a column of a batch."""
    column.frombytes(numbers.tobytes())
