"""The marks of a reset, one by one."""

import pytest

from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, Reset, Sighting, moments
from wiretruth.rules._resets import foreign_reset, strange_marks

RESET = Reset(100, 10, from_client=False, ttl=57, ip_id=0, window=0, acceptable=True, answers_closed=False)


def sighting(*resets: Reset, after: Mark | None = None, missing: int = 0) -> Sighting:
    server = HalfStream(ttls=(57,), moments=moments(last_data=after or Mark(50, 5)), missing_octets=missing)
    return Sighting(
        serial=1, vantage="tap", client=Endpoint("10.10.0.5", 40000), server=Endpoint("198.51.100.10", 25),
        roles_known=True, outcome=Outcome.RESET, opened=Mark(1, 1), last=Mark(200, 20), closed=None,
        from_client=HalfStream(), from_server=server, resets=resets, data_after_reset=after,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reset", "after", "missing", "expected"),
    [
        (RESET, None, 0, 0),
        (RESET._replace(ttl=62), None, 0, 1),
        (RESET._replace(acceptable=False), None, 0, 1),
        (RESET._replace(acceptable=False), None, 500, 0),
        (RESET, Mark(110, 11), 0, 1),
        (RESET._replace(acceptable=False), Mark(110, 11), 0, 1),
        (RESET._replace(ttl=62, acceptable=False), Mark(110, 11), 0, 2),
    ],
)
def test_marks_are_counted_by_cause(reset: Reset, after: Mark | None, missing: int, expected: int) -> None:
    assert expected == len(strange_marks(sighting(reset, after=after, missing=missing), reset))


def test_the_strangest_reset_is_given() -> None:
    strange = RESET._replace(ttl=62, frame=11)
    found = foreign_reset(sighting(RESET, strange))

    assert found is not None
    assert strange == found[0]


def test_answers_to_a_closed_side_are_ordinary() -> None:
    assert foreign_reset(sighting(RESET._replace(ttl=62, answers_closed=True))) is None
