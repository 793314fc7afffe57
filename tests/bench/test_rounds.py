"""Rounds are interleaved, a failure is told, what is not read is extrapolated."""

import sys
from pathlib import Path

import pytest

from bench import samples
from bench.contestants import Contestant
from bench.costs import Cost
from bench.rounds import Result, extrapolated, rounds
from bench.workloads import WORKLOADS, write


def reader(name: str, program: str, share: float = 1.0) -> Contestant:
    return Contestant(name, "", lambda: "1", lambda capture, _: [[sys.executable, "-c", program, capture]], share)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "resolver.pcap"
    write(path, WORKLOADS["resolver"][0], 400)
    return path


def test_each_once_in_a_round(capture: Path) -> None:
    told: list[str] = []
    results = rounds(capture, 400, [reader("a", ""), reader("b", "")], 2, told.append)

    assert ["1/2 a", "1/2 b", "2/2 a", "2/2 b"] == told
    assert [2, 2] == [len(result.costs) for result in results]


def test_failure_is_told_and_not_tried_again(capture: Path) -> None:
    told: list[str] = []
    (result,) = rounds(capture, 400, [reader("a", "import sys; sys.exit('cannot')")], 3, told.append)

    assert ("cannot", (), ["1/3 a"]) == (result.failure, result.costs, told)


def test_nothing_is_left_behind(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "LEAST", 10)
    (result,) = rounds(capture, 400, [reader("a", "", share=0.1)], 1, lambda _: None)

    assert 40 == result.sampled
    assert [capture] == list(capture.parent.iterdir())


def test_start_is_paid_once() -> None:
    assert Cost(0.5 + 100, 0.4 + 90, 70) == extrapolated(Cost(1.5, 1.3, 70), Cost(0.5, 0.4, 60), 100)


def test_median_of_each_cost() -> None:
    costs = (Cost(1, 30, 5), Cost(2, 10, 5), Cost(9, 20, 6))

    assert Cost(2, 20, 5) == Result("a", costs, 0).median()
