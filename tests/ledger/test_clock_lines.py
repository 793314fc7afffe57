"""An offset lies between what went and what came back; a drift is told only where it is plain."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.ledger.clock_lines import ClockLine, Crossings, fitted
from wiretruth.model.frames import NANOSECONDS

MILLISECOND = NANOSECONDS // 1000


def crossings(
    offset: int, *, drift: float = 0.0, seconds: int = 600, count: int = 300, delay: int = MILLISECOND
) -> Crossings:
    """Conversations over a time, delays between one and five times the least."""
    chance, seen = Random(7), Crossings()
    for number in range(count):
        at = seconds * NANOSECONDS * number // count
        ahead = offset + round(drift * at)
        seen.add(at, ahead + chance.randint(delay, 5 * delay), ahead - chance.randint(delay, 5 * delay))
    return seen


def made(seen: Crossings) -> ClockLine:
    line = fitted(seen)
    assert line is not None
    return line


def test_nothing_seen_tells_nothing() -> None:
    assert fitted(Crossings()) is None


@given(st.integers(-(10**15), 10**15), st.integers(0, 10**9))
def test_the_offset_is_within_its_uncertainty(offset: int, delay: int) -> None:
    line = made(crossings(offset, count=5, delay=delay))

    assert abs(line.offset - offset) <= line.uncertainty + 1


@pytest.mark.parametrize("offset", [0, MILLISECOND // 2, -MILLISECOND // 2])
def test_clocks_that_may_agree_do(offset: int) -> None:
    """An offset smaller than the delay of every packet is no disagreement."""
    assert not made(crossings(offset)).disagrees


@pytest.mark.parametrize("drift", [50e-6, -50e-6, 200e-6])
def test_drift(drift: float) -> None:
    line = made(crossings(3 * NANOSECONDS, drift=drift))

    assert drift == pytest.approx(line.drift, rel=0.1)
    for at in (0, 300 * NANOSECONDS, 600 * NANOSECONDS):
        assert abs(line.ahead(at) - (3 * NANOSECONDS + drift * at)) < 3 * MILLISECOND


@pytest.mark.parametrize(
    "seen",
    [crossings(0), crossings(NANOSECONDS), crossings(0, drift=50e-6, seconds=5), crossings(0, drift=50e-6, count=3)],
    ids=["none", "an offset only", "too short a time", "too few conversations"],
)
def test_no_drift_is_made_of_noise(seen: Crossings) -> None:
    assert 0.0 == made(seen).drift


def test_a_clock_that_was_set_leaves_no_line_and_a_wide_uncertainty() -> None:
    seen = crossings(0, count=100)
    for number in range(100):
        seen.add((600 + number) * NANOSECONDS, 30 * NANOSECONDS + MILLISECOND, 30 * NANOSECONDS - MILLISECOND)
    line = made(seen)

    assert 0.0 == line.drift
    assert line.uncertainty >= 29 * NANOSECONDS


def test_reversed_and_chained() -> None:
    one, other = ClockLine(5, 0.0, 100, 2, 9), ClockLine(7, 0.0, 105, 3, 4)

    assert (-5, 105) == (one.reversed().offset, one.reversed().at)
    assert (12, 5, 4) == (other.behind(one).offset, other.behind(one).uncertainty, other.behind(one).pairs)
