"""The record lists."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.sighting import Outcome
from wiretruth.reports._options import RECORDS
from wiretruth.reports._records.lists import SINGULAR, records


@pytest.mark.parametrize(
    ("name", "expected"), [("connections", 1), ("dialogues", 1), ("lookups", 2), ("deliveries", 1)]
)
def test_every_list_has_its_entries(name: str, expected: int) -> None:
    assert expected == len(list(records(scenes.seed(), name)))


def test_a_connection_without_dialogue_has_none() -> None:
    silent = replace(scenes.seed(), connections=(scenes.connection(outcome=Outcome.UNANSWERED),))

    assert [] == list(records(silent, "dialogues"))


def test_unknown_list() -> None:
    with pytest.raises(ValueError, match="cheese"):
        records(scenes.seed(), "cheese")


def test_every_list_has_a_singular() -> None:
    assert RECORDS == tuple(SINGULAR)
