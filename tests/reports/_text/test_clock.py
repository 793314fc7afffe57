"""Times as a person reads them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import scenes
from wiretruth.reports._text.clock import Clock, clock_of

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(DAY, "18:29:43.288"), (None, "2026-11-20 18:29:43.288"), (date(2026, 11, 19), "2026-11-20 18:29:43.288")],
)
def test_the_date_only_where_it_tells_something(day: date | None, expected: str) -> None:
    assert expected == Clock(day)(scenes.START)


def test_one_day() -> None:
    assert DAY == clock_of(scenes.seed()).day


def test_several_days() -> None:
    assert clock_of(scenes.crowded()).day is None


def test_no_day() -> None:
    assert clock_of(scenes.empty()).day is None


def test_a_second_input_of_another_day_counts() -> None:
    later = replace(scenes.CAPTURE, first=scenes.at(0) + 86_400 * scenes.SECOND, last=None)

    assert clock_of(replace(scenes.seed(), inputs=(scenes.CAPTURE, later))).day is None


@given(st.integers())
def test_no_moment_raises(at: int) -> None:
    assert Clock(None)(at)
