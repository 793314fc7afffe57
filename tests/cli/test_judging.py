"""When a watch is judged: not too often, not too seldom, and in a copy."""

import time

import pytest

from tests.engine.stage import busy, read
from wiretruth.cli import _judging
from wiretruth.cli._judging import Judging
from wiretruth.engine.harvest import Harvest, harvest
from wiretruth.engine.settings import Settings

FOUND = harvest(read(busy(), settings=Settings(every_lookup=True)), 10, 0)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_judging, "LEAST", 0.0)


def looked(judging: Judging, *, changed: bool) -> Harvest | None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = judging.look(changed=changed)
        if found is not None or not (judging.running or changed):
            return found
        time.sleep(0.005)
    raise TimeoutError


def test_a_change_is_judged() -> None:
    judging = Judging(lambda: FOUND)

    assert FOUND == looked(judging, changed=True)
    assert judging.seconds > 0


def test_nothing_new_is_not_judged() -> None:
    judging = Judging(lambda: FOUND)

    assert looked(judging, changed=False) is None


def test_after_a_while_silence_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_judging, "MOST", 0.0)
    judging = Judging(lambda: FOUND)
    judging.look(changed=False)

    assert judging.running
    judging.stop()


def test_what_takes_long_is_done_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_judging, "SHARE", 1e6)
    judging = Judging(lambda: FOUND)
    looked(judging, changed=True)
    judging.look(changed=True)

    assert not judging.running


def test_a_judgement_that_fails_is_counted() -> None:
    judging = Judging(lambda: 1 // 0)  # type: ignore[arg-type, return-value]  # it fails before it gives anything
    deadline = time.monotonic() + 10
    while not judging.failed and time.monotonic() < deadline:
        judging.look(changed=True)
        time.sleep(0.005)
    judging.stop()

    assert judging.problem
