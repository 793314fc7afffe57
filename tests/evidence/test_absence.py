"""Of every finding it is known whether it tells of something that was not there."""

from wiretruth import discover, rules
from wiretruth.evidence.absence import ABSENCE, PRESENCE


def test_every_code_is_known() -> None:
    assert {name.replace("_", "-") for name in discover.names(rules)} == set(ABSENCE) | PRESENCE


def test_no_code_is_both() -> None:
    assert frozenset() == PRESENCE & set(ABSENCE)
