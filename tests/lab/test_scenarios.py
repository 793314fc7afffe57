"""The plug room of scenarios in order: each tells a story, asks of captures that it makes, and is kept where it says so."""

import shutil
from pathlib import Path

import pytest

from tests.lab.run import ROOMS, Scenario, scenarios, truth_of
from tests.lab.sight import unseen

PCAPS = Path(__file__).parents[2] / "pcaps"
MOST_OCTETS = 5_000_000
MANY = 90
EVERY = [pytest.param(one, id=one.name) for one in scenarios()]
KEPT = [pytest.param(one, id=one.name) for one in scenarios() if one.kept]


def test_both_kinds_of_scenario_are_many() -> None:
    """At least half of what is asked is whether nothing is wrongly said."""
    kinds = [one.kind for one in scenarios()]
    assert {room.rpartition(".")[2] for room in ROOMS} == set(kinds)
    assert kinds.count("faultless") >= kinds.count("faulty") >= MANY


@pytest.mark.parametrize("scenario", EVERY)
def test_a_scenario_tells_its_story_and_asks_each_question_once(scenario: Scenario) -> None:
    ids = [case.id for case in scenario.cases]
    assert len(scenario.story) > 30
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scenario", EVERY)
def test_no_case_forbids_what_it_expects(scenario: Scenario) -> None:
    for case in scenario.cases:
        assert {code for one in case.expect for code in one.any_of} & set(case.forbid) == set()


@pytest.mark.parametrize("scenario", KEPT)
def test_a_kept_scenario_lies_in_pcaps_with_all_its_inputs_and_its_truth(scenario: Scenario) -> None:
    folder = PCAPS / scenario.name
    assert (folder / "truth.json").read_text() == truth_of(scenario), "python -m tests.lab truth writes it anew"
    files = {word.rpartition("=")[2] for case in scenario.cases for word in case.inputs if not word.startswith("--")}
    assert {name for name in files if not (folder / name).is_file()} == set()
    assert (folder / "README.md").is_file()


@pytest.mark.skipif(shutil.which("tcpdump") is None, reason="tcpdump is missing: apt-get install tcpdump")
@pytest.mark.parametrize("scenario", KEPT)
def test_the_packets_of_a_kept_scenario_show_what_was_done(scenario: Scenario) -> None:
    assert unseen(PCAPS / scenario.name, scenario.seen) == []


def test_pcaps_holds_nothing_else_and_stays_small() -> None:
    assert {path.parent.name for path in PCAPS.glob("*/*")} == {one.name for one in scenarios() if one.kept}
    assert sum(path.stat().st_size for path in PCAPS.rglob("*") if path.is_file()) < MOST_OCTETS
