"""Sequence arithmetic against big integers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.flow.serial import MODULUS, distance, unwrap

NUMBERS = st.integers(0, MODULUS - 1)
NEAR = st.integers(-(1 << 31), (1 << 31) - 1)


@pytest.mark.parametrize(
    ("later", "earlier", "ahead"),
    [
        (0, 0, 0),
        (1, 0, 1),
        (0, 1, -1),
        (0, MODULUS - 1, 1),
        (MODULUS - 1, 0, -1),
        (0x7FFFFFFF, 0, 0x7FFFFFFF),
        (0x80000000, 0, -0x80000000),
        (0, 0x80000000, -0x80000000),
        (99, MODULUS - 100, 199),
    ],
)
def test_distance(later: int, earlier: int, ahead: int) -> None:
    assert ahead == distance(later, earlier)


@given(st.integers(-(1 << 70), 1 << 70), NEAR)
def test_distance_agrees_with_integers(start: int, step: int) -> None:
    """However far the true numbers run, their distance on the wire is the true one, up to half the circle."""
    assert step == distance((start + step) % MODULUS, start % MODULUS)


@given(st.integers(-(1 << 70), 1 << 70), NEAR)
def test_unwrap_restores_the_integer(near: int, step: int) -> None:
    assert near + step == unwrap((near + step) % MODULUS, near)


@given(NUMBERS, st.integers(-(1 << 40), 1 << 40))
def test_unwrap_gives_the_same_number(number: int, near: int) -> None:
    assert number == unwrap(number, near) % MODULUS
