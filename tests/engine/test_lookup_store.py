"""Rows and table together give the lookups that the table alone gives."""

from collections.abc import Iterable
from random import Random

import pytest

from tests.engine.crowd import SLL2, frames
from tests.engine.stage import batches
from tests.rules.scene import Frame
from wiretruth.engine import tap as tap_room
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending, Yielded, every_lookup
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import Interface

SLOW, FAST = Settings(frame_by_frame=True), Settings()


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)


def read(found: list[Frame], settings: Settings, sizes: Iterable[int] = (1 << 20,)) -> Yielded:
    """Read frames in batches of these sizes."""
    reading = Reading(settings, "tap", "tap.pcap", 0)
    for batch in batches(found, sizes, (Interface(None, SLL2, 0),)):
        reading.receive(batch)
    return reading.finish(Ending("pcap"))


def lookups(read: Yielded) -> list[Lookup]:
    return sorted(every_lookup(read), key=lambda x: (x.at, x.vantage, x.frames))


@pytest.mark.parametrize("seed", range(60))
def test_a_crowd_of_messages(seed: int) -> None:
    """Ids used again, sent again, answered twice or from elsewhere, rejected, damaged, late, and clocks that go back."""
    random = Random(seed)
    found = frames(
        random,
        400,
        tidy=random.choice((0.6, 0.9, 0.99)),
        ids=random.choice((3, 50, 5000)),
        back=random.choice((0, 0, 0.01)),
    )
    sizes = [random.choice((1, 3, 10, 50, 400)) for _ in range(50)]

    assert lookups(read(found, SLOW)) == lookups(read(found, FAST, sizes))
