"""A batch has as many frames as rows."""

from tests.engine.stage import batches
from tests.rules.scene import START, Frame


def test_length() -> None:
    frames = [Frame(START + n, b"x" * n, n) for n in range(5)]

    assert [2, 2, 1] == [len(b) for b in batches(frames, (2,))]
    assert [1, 3, 5] == [b.first_number for b in batches(frames, (2,))]
