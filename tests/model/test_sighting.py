"""A sighting has two halves, named by who sends."""

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.made import sighting
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import HalfStream, moments

MARKS = st.none() | st.builds(Mark, st.integers(-(1 << 63), (1 << 63) - 1), st.integers(0, (1 << 63) - 1))


def test_half() -> None:
    one = sighting()

    assert (one.from_client, one.from_server) == (one.half(client=True), one.half(client=False))


@given(st.tuples(MARKS, MARKS, MARKS, MARKS, MARKS))
def test_a_half_gives_the_moments_that_were_packed(marks: tuple[Mark | None, ...]) -> None:
    half = HalfStream(moments=moments(*marks))

    assert marks == (half.first, half.last, half.first_data, half.last_data, half.fin)


def test_of_a_side_that_was_not_seen_nothing_was_first_or_last() -> None:
    half = HalfStream()

    assert {None} == {half.first, half.last, half.first_data, half.last_data, half.fin}
