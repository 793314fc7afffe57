"""Which lookups of a run are judged, where there are several vantages, and where there were too many."""

from random import Random

import pytest

from tests.engine.crowd import SLL2, frames
from tests.engine.stage import batches, text
from tests.rules.scene import MTA, TAP, Frame, Scene
from wiretruth.engine import lookup_store, screening
from wiretruth.engine import needed as needed_room
from wiretruth.engine import tap as tap_room
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.needed import needed
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending, Yielded
from wiretruth.model.frames import Interface

SLOW, FAST = Settings(frame_by_frame=True), Settings()
COOKED = (Interface(None, SLL2, 0),)


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)
    monkeypatch.setattr(needed_room, "FEW", 1)


def report(taps: dict[str, list[Frame]], settings: Settings, size: int = 1 << 20) -> str:
    analysis = Analysis(settings)
    for tap, found in taps.items():
        analysis.open(tap, f"{tap}.pcap")
        for batch in batches(found, (size,), COOKED):
            analysis.receive(batch)
        analysis.close(Ending("pcap"))
    return text(analysis.finish())


@pytest.mark.parametrize("seed", range(12))
def test_several_vantages(seed: int) -> None:
    """All that both saw is held against each other: a packet that only one of them saw was dropped between them."""
    random = Random(seed)
    near = frames(random, 200, tidy=0.95, ids=1000)
    far = [frame for frame in near if random.random() < 0.9]
    taps = {"near": near, "far": far}

    assert report(taps, SLOW) == report(taps, FAST, 40)


def yielded(scene: Scene) -> Yielded:
    reading = Reading(FAST, TAP, "tap.pcap", 0)
    for batch in batches(scene.frames[TAP], (4,)):
        reading.receive(batch)
    return reading.finish(Ending("pcap"))


def many(scene: Scene, count: int) -> Scene:
    for number in range(count):
        scene.told(f"host{number}.example.org", "A", "198.51.100.80", client=f"192.0.2.{number % 100 + 100}")
        scene.wait(3)
    return scene


def test_without_mail_nothing_is_made() -> None:
    found = needed([yielded(many(Scene(), 20))], [])

    assert ([], 20, True, 0, False) == (
        found.lookups, found.others, found.others_answered, found.given_up, found.forgotten,
    )  # fmt: skip


def test_rows_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are given up; failures of that time are not judged, for what mended them may be gone."""
    monkeypatch.setattr(lookup_store, "MAX_ROWS", 10)
    monkeypatch.setattr(lookup_store, "_SMALL", 0)
    scene = Scene()
    scene.ask("early.example.net", "MX", client=MTA).answer(rcode="SERVFAIL")
    many(scene, 20)
    scene.ask("late.example.net", "MX", client=MTA).answer(rcode="SERVFAIL")
    found = needed([yielded(scene)], [])

    assert ["late.example.net"] == [x.question.name for x in found.lookups]
    assert found.forgotten
    assert 22 == len(found.lookups) + found.others
    assert found.given_up >= 11


def test_what_is_made_at_several_vantages_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "MAX_MADE", 5)
    one, other = yielded(many(Scene(), 8)), yielded(many(Scene(), 8))
    other.plain.places[:] = ["other"]  # type: ignore[union-attr]  # there are rows
    found = needed([one, other], [])

    assert (16, 6) == (len(found.lookups) + found.others, found.given_up)
    assert min(x.at for x in found.lookups) > found.forgotten_until
