"""A moment as a line of a story."""

import pytest

from tests.reports import scenes
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.moment import Moment


@pytest.mark.parametrize(("inner", "expected"), [(False, "  18:29:43.288  tried"), (True, "  18:29:43.288    tried")])
def test_what_happens_within_a_connection_is_indented(inner: bool, expected: str) -> None:
    assert expected == Moment(scenes.START, ["tried"], inner).line(clock_of(scenes.seed())).plain
