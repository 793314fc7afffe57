"""Runs: consecutive segments of one direction, joined, with the place and the mark of each.

``octets`` are the segments joined; ``ends`` says where each of them ends in there, ascending; ``marks`` when and in which
frame each was seen. Whatever is read of a run is what would have been read of its segments one by one.
"""

from bisect import bisect_left
from collections.abc import Sequence

from wiretruth.model.frames import Mark


def mark_before(position: int, ends: Sequence[int], marks: Sequence[Mark]) -> Mark:
    """Give the mark of the segment that holds the octet before *position*."""
    return marks[0] if len(marks) == 1 else marks[bisect_left(ends, position)]
