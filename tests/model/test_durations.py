"""Time spans as a person says them."""

import pytest

from wiretruth.model.durations import duration

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("nanoseconds", "expected"),
    [
        (0, "0.0 ms"),
        (200_000, "0.2 ms"),
        (999_000_000, "999.0 ms"),
        (SECOND, "1.0 s"),
        (3_100_000_000, "3.1 s"),
        (119 * SECOND, "119.0 s"),
        (260 * SECOND, "4 min 20 s"),
        (3_660 * SECOND, "1 h 1 min"),
        (7260 * SECOND, "2 h 1 min"),
    ],
)
def test_duration(nanoseconds: int, expected: str) -> None:
    assert expected == duration(nanoseconds)
