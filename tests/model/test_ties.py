"""What two sightings have in common, and how surely it is no chance."""

from dataclasses import replace

import pytest

from tests.ledger.made import sighting
from wiretruth.model.ties import tie

ONE = sighting()


@pytest.mark.parametrize(
    ("other", "bits"),
    [
        (ONE, 64 + 16 + 8),
        (replace(ONE, server_isn=None), 32 + 16 + 8),
        (replace(ONE, client_ts=None), 64 + 8),
        (replace(ONE, syns=()), 64 + 16),
        (replace(ONE, client_isn=5, server_isn=6, client_ts=1, syns=()), 0),
    ],
)
def test_bits(other: object, bits: int) -> None:
    assert bits == tie(ONE, other).bits  # type: ignore[arg-type] # the table holds sightings


def test_numbers_that_were_not_drawn_say_nothing() -> None:
    low = replace(ONE, client_isn=0, server_isn=1, client_ts=None, syns=())

    assert (0, 1.0) == (tie(low, low).bits, tie(low, low).coincidence)
    assert 2 == len(tie(low, low).marks)


def test_coincidence() -> None:
    assert 2.0**-88 == tie(ONE, ONE).coincidence
