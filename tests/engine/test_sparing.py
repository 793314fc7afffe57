"""What is told of mail does not depend on whether faultless sessions are made."""

from collections.abc import Iterable
from random import Random

import pytest

from tests.engine.postroom import HAPPENINGS, day, delivers
from tests.engine.stage import read
from tests.rules.scene import Scene
from wiretruth.engine import analysis as analysis_room
from wiretruth.engine import spared as spared_room
from wiretruth.engine import tap as tap_room
from wiretruth.engine.judgement import unfiltered
from wiretruth.engine.settings import Settings
from wiretruth.engine.spared import Spared, spare
from wiretruth.engine.sparing import CONSIDERED
from wiretruth.engine.yielded import Yielded
from wiretruth.reports import json as document
from wiretruth.reports._options import Options

SLOW = Settings(frame_by_frame=True, digests=False, every_delivery=False)
FAST = Settings(digests=False, every_delivery=False)


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)


@pytest.fixture
def spared(monkeypatch: pytest.MonkeyPatch) -> list[Spared]:
    """What was spared in each run."""
    seen: list[Spared] = []

    def note(reads: list[Yielded], *, alone: bool) -> Spared:
        seen.append(spare(reads, alone=alone))
        return seen[-1]

    monkeypatch.setattr(analysis_room, "spare", note)
    return seen


def told(scene: Scene, settings: Settings, sizes: Iterable[int] = (1 << 20,)) -> str:
    """Give the report as it is printed where no lists are asked for."""
    return "".join(document.render(read(scene, sizes, settings), Options()))


@pytest.mark.parametrize("seed", range(120))
def test_days(seed: int) -> None:
    random = Random(seed)
    scene = day(random, quiet=random.choice((0.5, 0.9, 1.0)))
    sizes = [random.choice((1, 3, 10, 50, 400)) for _ in range(50)]

    assert told(scene, SLOW) == told(scene, FAST, sizes)


@pytest.mark.parametrize("happening", HAPPENINGS)
@pytest.mark.parametrize("client", ["10.10.0.5", "10.10.0.6"])
def test_one_event_beside_much_mail(happening: object, client: str) -> None:
    """For the client that sends all mail, or for another one."""
    assert callable(happening)
    for seed in range(4):
        random, scene = Random(seed), Scene()
        for _ in range(5):
            delivers(scene, random, "10.10.0.5")
        happening(scene, random, client)
        for _ in range(3):
            delivers(scene, random, "10.10.0.5")

        assert told(scene, SLOW) == told(scene, FAST), seed


def test_mail_that_went_where_it_should_is_only_counted(spared: list[Spared]) -> None:
    random, scene = Random(1), Scene()
    for _ in range(9):
        delivers(scene, random, "10.10.0.5")
    report = read(scene, settings=FAST)

    assert spared[0].count == report.connection_count == report.dialogue_count == 9
    assert spared[0].deliveries == report.other_deliveries
    assert not report.connections
    assert not report.findings
    assert report.lookup_count == 18


def test_trouble_of_others_makes_nothing_of_it(spared: list[Spared]) -> None:
    random, scene = Random(1), Scene()
    for _ in range(9):
        delivers(scene, random, "10.10.0.5")
    scene.ask("example.com", "A", client="192.0.2.200", resolver="192.0.2.53").answer(rcode="SERVFAIL")
    report = read(scene, settings=FAST)

    assert spared[0].count == 9
    assert [finding.code for finding in report.findings] == ["dns-servfail"]


def test_other_witnesses_make_everything(spared: list[Spared]) -> None:
    scene = Scene()
    delivers(scene, Random(1), "10.10.0.5")
    read(scene, settings=Settings(digests=False, every_delivery=False, hosts=("example.net",)))

    assert spared[0] == Spared()


def test_a_rule_that_nobody_considered_makes_everything(spared: list[Spared], monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene()
    delivers(scene, Random(1), "10.10.0.5")
    monkeypatch.setattr(spared_room, "unfiltered", lambda: {"a_new_rule"})
    read(scene, settings=FAST)

    assert spared[0] == Spared()


def test_every_rule_was_considered() -> None:
    """One that hears of faultless mail: say in ``sparing`` what it needs of it, and add it to ``CONSIDERED``."""
    assert unfiltered() <= CONSIDERED
