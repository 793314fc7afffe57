"""The loop of a watch, with a ring that is made by hand: what it gives to whom, and when."""

import os
import time
from collections.abc import Iterator
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from tests.engine.stage import ONE, batches, busy
from tests.rules.scene import SECOND, STRANGER, TAP, Scene
from tests.rules.session import Session
from wiretruth.cli import _guests, _judging, _watching
from wiretruth.cli._listening import Listening, Named
from wiretruth.cli._watching import Chosen, Run
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.harvest import Harvest
from wiretruth.engine.settings import Settings
from wiretruth.engine.telling import Told
from wiretruth.engine.watching import Watching, answers
from wiretruth.live import interfaces
from wiretruth.live.ring import Drops
from wiretruth.model.frames import FrameBatch

SCENE = busy()


class Ring:
    """Gives the frames of a scene, and then nothing more."""

    def __init__(self) -> None:
        self.drops = Drops()
        self.programs: list[bytes] = []
        self.left = list(batches(SCENE.frames[TAP], (7,), ONE))

    def wait(self, seconds: float) -> bool:
        del seconds
        return bool(self.left)

    def batches(self) -> Iterator[FrameBatch]:
        if self.left:
            yield self.left.pop(0)

    def count(self) -> Drops:
        self.drops = Drops(100, 7, 1)
        return self.drops

    def filter(self, program: bytes) -> None:
        self.programs.append(program)

    def close(self) -> None:
        """Nothing is open."""


class Guest(_guests.Guest):
    def __init__(self) -> None:
        self.frames = self.ticks = 0
        self.harvests: list[Harvest] = []
        self.told: list[Told] = []

    def receive(self, batch: FrameBatch) -> None:
        self.frames += len(batch)

    def tick(self, run: Run, now: int) -> None:
        del run, now
        self.ticks += 1

    def harvested(self, harvest: Harvest) -> None:
        self.harvests.append(harvest)

    def tell(self, told: Told, now: int) -> None:
        del now
        self.told.append(told)


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def guest() -> Guest:
    return Guest()


@pytest.fixture
def run(notes: list[str], guest: Guest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(_watching, "TICK", 0.01)
    monkeypatch.setattr(_watching, "GATHER", 0.0)
    monkeypatch.setattr(_judging, "LEAST", 0.01)
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=time.sleep, time_ns=lambda: SCENE.now + SECOND)
    monkeypatch.setattr(_watching, "time", clock)
    ring: Any = Ring()
    chosen = Chosen(("any",), lambda numbers: repr(numbers).encode())
    made = Run(ring, chosen, Watching(Settings(), "live"), Listening(Named(), notes.append), notes.append)
    made.guests.append(guest)
    return made


def test_everybody_gets_every_frame(run: Run, guest: Guest) -> None:
    run.watch(0.2, Event())
    report = run.finish()

    assert len(SCENE.frames[TAP]) == guest.frames == report.inputs[0].packets
    assert guest.ticks > 2


def test_what_is_found_is_told_once(run: Run, guest: Guest) -> None:
    run.watch(0.2, Event())
    report = run.finish()
    run.close()

    assert len(guest.told) == len({told.condition for told in guest.told})
    assert {told.finding.code for told in guest.told} == {finding.code for finding in report.findings}
    assert len(guest.told) > 2


def test_it_ends_when_it_is_told_to(run: Run) -> None:
    stop = Event()
    stop.set()
    run.watch(None, stop)


def test_drops_weaken_what_is_said_and_are_told(run: Run, notes: list[str]) -> None:
    run.watch(0.05, Event())
    report = run.finish()

    assert (7, "") == (report.inputs[0].kernel_drops, run.judging.problem)
    assert ["the kernel dropped 7 packets (7 in all): silence proves less in the hour that follows"] == notes


def test_an_interface_that_comes_back_is_watched_again(
    run: Run, notes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = {"lan0": (3, True)}
    monkeypatch.setattr(interfaces, "number", lambda name: state[name][0])
    monkeypatch.setattr(interfaces, "is_up", lambda name: state[name][1])
    run.chosen = Chosen(("lan0",), lambda numbers: repr(numbers).encode())
    ring: Any = run.ring
    run._state = run._interfaces()
    for state["lan0"] in ((3, False), (0, False), (9, True)):
        run._look_at_interfaces()

    assert ["lan0 is down", "lan0 is up again"] == notes
    assert [b"(0,)", b"(9,)"] == ring.programs


def test_an_answer_of_an_earlier_run_explains_a_connection(run: Run, guest: Guest) -> None:
    """The scene begins after its lookups: without the store, nobody knows where its address came from."""
    early = Scene(now=SCENE.now - 600 * SECOND)
    early.example_net(STRANGER, ttl=86_400)
    late = Scene(now=SCENE.now)
    Session(late, STRANGER).delivers("bob@example.net")
    ring: Any = run.ring
    ring.left = list(batches(late.frames[TAP], (100,), ONE))
    known = Analysis(Settings(every_lookup=True))
    known.open("live", "live")
    for batch in batches(early.frames[TAP], (100,), ONE):
        known.receive(batch)
    run.remembered = tuple(answers(known.finish()))
    run._begun = SCENE.now
    run.watch(0.1, Event())
    report = run.finish()

    assert run.remembered
    assert "unresolved-contact" not in {finding.code for finding in report.findings}
    assert ["example.net"] == [delivery.domain for delivery in report.deliveries]
    assert guest.harvests


def test_a_clock_that_was_set_back_is_followed(run: Run) -> None:
    run._latest = SCENE.now + 3600 * SECOND
    run._tick()

    assert run._latest <= SCENE.now + SECOND


def test_a_judgement_that_fails_is_told_and_tried_again(run: Run, notes: list[str], guest: Guest) -> None:
    whole = run.judging._judge
    run.judging._judge = lambda: os._exit(9)
    run._changed = True
    deadline = time.monotonic() + 10
    while not run._failed and time.monotonic() < deadline:
        run._tick()
        time.sleep(0.01)
    run.judging._judge = whole
    run.watch(0.3, Event())
    run.finish()

    assert any("nothing could be judged" in note for note in notes)
    assert guest.harvests
