"""Rows and table together give the connections and dialogues that the table alone gives."""

from collections.abc import Iterable
from random import Random

import pytest

from tests.engine.polite import polite
from tests.engine.stage import batches
from tests.engine.unruly import unruly
from tests.rules.scene import Frame
from wiretruth.engine import session_rows, session_store
from wiretruth.engine import tap as tap_room
from wiretruth.engine.pace import Pace
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending, Yielded

SLOW = Settings(frame_by_frame=True, digests=False)
FAST = Settings(digests=False, every_delivery=False)


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)
    monkeypatch.setattr(session_rows, "CHUNK", 3)
    monkeypatch.setattr(session_store, "CHUNK", 3)


def read(frames: list[Frame], settings: Settings, sizes: Iterable[int] = (1 << 20,), pace: int = 1 << 16) -> Yielded:
    """Read frames in batches of these sizes."""
    reading = Reading(settings, "tap", "tap.pcap", 0)
    reading._pace = Pace(pace)
    for batch in batches(frames, sizes):
        reading.receive(batch)
    return reading.finish(Ending("pcap"))


def everything(read: Yielded) -> list[object]:
    """Give what must be the same, however it was read."""
    sightings, dialogues = {x.serial: x for x in read.sightings}, dict(read.dialogues)
    if read.sessions is not None:
        for sighting, dialogue in read.sessions.made([~chunk.gone for chunk in read.sessions.chunks]):
            assert sighting.serial not in sightings
            sightings[sighting.serial], dialogues[sighting.serial] = sighting, dialogue
    others = [x.sighting() if hasattr(x, "sighting") else x for x in read.others]
    return [sorted(sightings.items()), dialogues, others, read.counts, read.replied, read.evicted]


def rows(read: Yielded) -> int:
    return len(read.sessions) if read.sessions is not None else 0


@pytest.mark.parametrize("seed", range(150))
def test_unruly_connections(seed: int) -> None:
    random = Random(seed)
    frames = unruly(seed)
    sizes = [random.choice((1, 3, 10, 50, 400)) for _ in range(50)]
    pace = random.choice((7, 50, 1 << 16))

    assert everything(read(frames, SLOW, pace=pace)) == everything(read(frames, FAST, sizes, pace))


@pytest.mark.parametrize("seed", range(150))
def test_polite_connections(seed: int) -> None:
    """Some of them spoilt, in what they say or in how it comes."""
    random = Random(seed)
    frames = polite(random, spoilt=random.choice((0.0, 0.1, 0.5)))
    sizes = [random.choice((1, 3, 10, 50, 400)) for _ in range(50)]
    pace = random.choice((7, 50, 1 << 16))

    assert everything(read(frames, SLOW, pace=pace)) == everything(read(frames, FAST, sizes, pace))


@pytest.mark.parametrize("sizes", [(1,), (7,), (1 << 20,)])
def test_polite_connections_are_rows(sizes: tuple[int, ...]) -> None:
    given = read(polite(Random(1), spoilt=0.0), FAST, sizes)

    assert not given.sightings
    assert rows(given) == 12
