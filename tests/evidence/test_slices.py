"""A slice is a file that every reader of pcapng reads, and its vantages are those of the input."""

from tests.evidence.frames import taken
from tests.rules.scene import Frame
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.evidence.slices import written
from wiretruth.evidence.taken import Taken
from wiretruth.model.frames import FrameBatch, Interface


def frames(*places: tuple[int, int]) -> list[Taken]:
    made = taken([Frame(n, bytes([n]) * 9, 9) for n in range(len(places))])
    return [
        frame._replace(interface=interface, known=known) for frame, (interface, known) in zip(made, places, strict=True)
    ]


def read(octets: bytes) -> tuple[PcapngFeed, list[FrameBatch]]:
    feed = PcapngFeed()
    batches = [batch.part(0, len(batch)) for batch in feed.receive(octets)]
    feed.finish()
    return feed, batches


def test_one_section() -> None:
    interfaces = (Interface("lan0", 101, 0), Interface("wan0", 101, 0))
    feed, batches = read(b"".join(written(frames((0, 1), (1, 2)), interfaces, {}, 7)))

    assert ["lan0", "wan0"] == [one.name for one in feed.interfaces]
    assert [0, 1] == [place for batch in batches for place in batch.interface]
    assert 7 == feed.kernel_drops


def test_each_section_describes_its_own_interfaces() -> None:
    interfaces = (Interface("lan0", 101, 0), Interface("lan0", 101, 0, 1), Interface("wan0", 101, 0, 1))
    feed, batches = read(b"".join(written(frames((0, 1), (1, 3), (2, 3)), interfaces, {})))

    assert [("lan0", 0), ("lan0", 1), ("wan0", 1)] == [(one.name, one.section) for one in feed.interfaces]
    assert [0, 1, 2] == [place for batch in batches for place in batch.interface]


def test_a_slice_without_a_frame_still_tells_its_interfaces() -> None:
    feed, _ = read(b"".join(written([], (Interface("lan0", 101, 0),), {}, 7)))

    assert ["lan0"] == [one.name for one in feed.interfaces]
