"""Pauses stand at the same frames, in whatever batches the frames come."""

import pytest

from tests.engine.stage import batches
from tests.rules.scene import Frame
from wiretruth.engine.pace import Pace


@pytest.mark.parametrize("sizes", [(1,), (3, 9, 1), (10,), (11,), (25,), (40,)])
def test_pauses(sizes: tuple[int, ...]) -> None:
    frames = [Frame(n, bytes([n]), 1) for n in range(1, 36)]
    pace, seen, paused = Pace(10), list[int](), list[tuple[int, int]]()
    for batch in batches(frames, sizes):
        for part in pace.parts(batch):
            seen += [part.buffer[offset] for offset in part.offsets]
            assert part.first_number == seen[-len(part)]
            if pace.pauses(part):
                paused.append((seen[-1], pace.now))

    assert [*range(1, 36)] == seen
    assert [(10, 9), (20, 19), (30, 29)] == paused


def test_a_mad_clock_is_not_believed() -> None:
    pace = Pace(3)
    for batch in batches([Frame(at, b"x", 1) for at in (5, 6, 1 << 60)], (2,)):
        list(pace.parts(batch))

    assert 6 == pace.now
