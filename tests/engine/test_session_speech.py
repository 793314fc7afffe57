"""Octets of connections as the sides take turns."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest

from tests.columns.lanes import FIRST
from tests.columns.steadied import followed
from tests.engine.polite import session
from wiretruth.engine.session_speech import speeches


@pytest.mark.parametrize("seed", range(12))
def test_turns(seed: int) -> None:
    segments = session(Random(seed), seed, 0.0)
    buffer = b"".join(segment.octets() for segment in segments)
    found = list(speeches(followed(segments), memoryview(buffer), np.array([7])))
    sides = [client for _, client, *_ in found]
    holding = [(n, s) for n, s in enumerate(segments) if s.payload]

    assert {7} == {slot for slot, *_ in found}
    assert all(one is not other for one, other in pairwise(sides))
    assert b"".join(s.payload for _, s in holding) == b"".join(octets for _, _, octets, _, _ in found)
    assert [FIRST + n for n, _ in holding] == [frame for *_, marks in found for _, frame in marks]
    assert all(len(octets) == ends[-1] and len(ends) == len(marks) for _, _, octets, ends, marks in found)


def test_silence() -> None:
    assert [] == list(speeches(followed(session(Random(1), 1, 0.0)[:3]), memoryview(b""), np.array([0])))
