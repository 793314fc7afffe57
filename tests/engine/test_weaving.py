"""Connection by connection or packet by packet: the report is the same."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stage import batches, text
from tests.engine.unruly import unruly
from tests.rules.scene import Frame
from wiretruth.engine import tap as tap_room
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.pace import Pace
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=5)


@pytest.fixture(autouse=True, scope="module")
def _every_batch_is_big() -> Iterable[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tap_room, "WORTHWHILE", 1)
        patch.setattr(tap_room, "WORTH_LOADING", 1)
        yield


def report(frames: list[Frame], sizes: Iterable[int], pace: int, chosen: Settings) -> str:
    """Read frames in batches of these sizes."""
    analysis = Analysis(chosen)
    analysis.open("tap", "tap.pcap")
    assert analysis._reading is not None
    analysis._reading._pace = Pace(pace)
    for batch in batches(frames, sizes):
        analysis.receive(batch)
    analysis.close(Ending("pcap"))
    return text(analysis.finish())


@settings(max_examples=max(settings().max_examples // 6, 10))  # each reads three times
@given(st.integers(0, 1 << 32), SIZES, st.sampled_from([7, 50, 1 << 16]), st.booleans())
def test_unruly_connections(seed: int, sizes: list[int], pace: int, everything: bool) -> None:
    frames = unruly(seed)
    slow = report(frames, (1 << 20,), pace, Settings(frame_by_frame=True, every_connection=everything))

    assert slow == report(frames, sizes, pace, Settings(every_connection=everything))
    assert slow == report(frames, (1 << 20,), pace, Settings(every_connection=everything))
