"""Every scenario made anew with real programs in network namespaces, read and judged. Needs root."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from tests.lab.judge import complaints, not_yet, read
from tests.lab.lab import Lab
from tests.lab.requirements import lacking, missing
from tests.lab.run import AT_A_TIME, Scenario, make, scenarios
from tests.lab.shell import run

REASONS = missing()
ALL: Final = "WIRETRUTH_LAB_ALL"
"""Set by ``make lab``: every scenario is played."""
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]


def marks(scenario: Scenario) -> list[pytest.MarkDecorator]:
    """Why this run leaves *scenario* out."""
    reasons = lacking(scenario.needs)
    if not scenario.live and not os.environ.get(ALL):
        reasons.append("made anew by make lab only; its committed captures are read by every run")
    return [pytest.mark.skip(reason="; ".join(reasons))] if reasons else []


class Workshop:
    """Makes the scenarios that this run asks for, several ahead of the test that waits for one."""

    def __init__(self, folder: Path, ahead: tuple[Scenario, ...]) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(AT_A_TIME)
        self._made: dict[str, Future[None]] = {}
        for scenario in ahead:
            self._order(scenario)

    def made(self, scenario: Scenario) -> Path:
        self._order(scenario).result()
        return self._folder / scenario.name

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _order(self, scenario: Scenario) -> Future[None]:
        if scenario.name not in self._made:
            self._made[scenario.name] = self._pool.submit(make, scenario, self._folder / scenario.name)
        return self._made[scenario.name]


@pytest.fixture(scope="module")
def workshop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    items = request.session.items
    chosen = {item.callspec.params.get("scenario") for item in items if hasattr(item, "callspec")}
    # Under xdist each worker knows all tests and runs a few: nothing is made ahead, unless one worker has all of the lab.
    alone = "PYTEST_XDIST_WORKER" not in os.environ or any(item.nodeid.endswith("@lab") for item in items)
    ahead = tuple(one for one in scenarios() if one in chosen and not marks(one)) if alone else ()
    shop = Workshop(tmp_path_factory.mktemp("lab"), ahead)
    yield shop
    shop.close()


@pytest.mark.parametrize("scenario", [pytest.param(one, id=one.name, marks=marks(one)) for one in scenarios()])
def test_a_scenario_made_anew_is_told_truly(scenario: Scenario, workshop: Workshop) -> None:
    folder = workshop.made(scenario)
    wrong = {}
    for case in json.loads((folder / "truth.json").read_text())["cases"]:
        if not_yet(case["inputs"]):
            continue
        troubles, output = read(folder, case["inputs"])
        if found := troubles or complaints(case, output):
            wrong[case["id"]] = found
    assert set(wrong) == {case.id for case in scenario.cases if case.awaited}, wrong


def break_off(lab: Lab) -> None:
    with lab:
        lab.resolver().serve()
        lab.sender()
        raise ZeroDivisionError


def test_a_scenario_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    lab = Lab(tmp_path)
    with pytest.raises(ZeroDivisionError):
        break_off(lab)
    assert lab.network.namespace("mta") not in run("ip", "netns", "list")
    assert not lab.folder.exists()
