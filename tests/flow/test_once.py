"""What is equal is kept once."""

from wiretruth.flow.once import once


def test_equal_values_are_one() -> None:
    first, second = (int(digits) for digits in ("1460", "1460"))

    assert (1460, True) == (once(first), once(first) is once(second))


def test_nothing_stays_nothing() -> None:
    mss: int | None = None

    assert once(mss) is None
