"""What holds for every format alike: pieces of any size, cut-offs at any octet, any octets at all."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capture.forge import FRAMES, cut, expected_rows, pcap, pcapng, run, single, snoop
from wiretruth.capture.feed import MAX_FAULTS, Feed
from wiretruth.capture.pcap import PcapFeed
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.capture.recognition import feed_for
from wiretruth.capture.rows import LARGEST_BATCH
from wiretruth.capture.snoop import SnoopFeed

Make = Callable[..., bytes]

FILES = [
    pytest.param(make(order, nanoseconds=fine), feed, 1 if fine else 1000, id=f"{feed.format}{order}{fine}")
    for (make, feed), order, fine in itertools.product(((pcap, PcapFeed), (pcapng, PcapngFeed)), "<>", (False, True))
]
FILES.append(pytest.param(snoop(), SnoopFeed, 1000, id="snoop"))


@pytest.mark.parametrize(("octets", "feed", "resolution"), FILES)
def test_three_ways(octets: bytes, feed: type[Feed], resolution: int) -> None:
    """Whole, octet by octet, and with octets behind the end: the same frames."""
    for pieces, cut_off in (([octets], False), (single(octets), False), ([octets, b"\x06\0\0"], True)):
        reader = feed()
        assert expected_rows(resolution) == run(reader, pieces)
        assert cut_off is reader.cut_off


@given(st.sampled_from((pcap, pcapng)), st.sampled_from("<>"), st.booleans(), st.data())
def test_any_cut_gives_the_same(make: Make, order: str, fine: bool, data: st.DataObject) -> None:
    octets = make(order, nanoseconds=fine)
    places = data.draw(st.lists(st.integers(0, len(octets))))
    reader = feed_for(octets[:8])

    assert reader is not None
    assert expected_rows(1 if fine else 1000) == run(reader, cut(octets, places))


@pytest.mark.parametrize(("octets", "feed", "resolution"), FILES)
def test_cut_off_at_every_octet(octets: bytes, feed: type[Feed], resolution: int) -> None:
    """The whole frames are kept, and the fault names where the first incomplete record begins."""
    ends = [end for end in range(len(octets) + 1) if _is_whole(octets[:end], feed)]
    counts = set()
    for end in range(len(octets) + 1):
        reader = feed()
        rows = run(reader, [octets[:end]])
        last_whole = max(e for e in ends if e <= end)
        counts.add(len(rows))
        assert expected_rows(resolution)[: len(rows)] == rows
        assert reader.cut_off is (end != last_whole)
        assert [last_whole] * reader.cut_off == [fault.offset for fault in reader.faults]
    assert set(range(len(FRAMES) + 1)) == counts


def _is_whole(octets: bytes, feed: type[Feed]) -> bool:
    reader = feed()
    run(reader, [octets])
    return not reader.cut_off


@given(st.sampled_from((pcap, pcapng)), st.binary(max_size=300), st.data())
def test_any_octets_raise_nothing(make: Make, noise: bytes, data: st.DataObject) -> None:
    """Damage is a value, and the same value however the octets were cut."""
    octets = make()
    place = data.draw(st.integers(4, len(octets)))
    damaged = octets[:place] + noise + octets[place + len(noise) :]
    whole, slow = feed_for(damaged), feed_for(damaged)
    assert whole is not None
    assert slow is not None

    assert run(whole, [damaged]) == run(slow, single(damaged))
    assert whole.faults == slow.faults
    assert whole.cut_off is slow.cut_off
    assert whole.interfaces == slow.interfaces
    assert len(whole.faults) <= MAX_FAULTS


@pytest.mark.parametrize("make", [pcap, pcapng])
def test_large_pieces_become_bounded_batches(make: Make) -> None:
    """A batch has at most LARGEST_BATCH rows, and their numbers go on from batch to batch."""
    octets, times = make(), LARGEST_BATCH // 3
    head = len(octets) - len(_records(octets))
    reader = feed_for(octets[:8])
    assert reader is not None
    batches = list(reader.receive(octets[:head] + _records(octets) * times))

    assert [LARGEST_BATCH, len(FRAMES) * times - LARGEST_BATCH] == [len(b) for b in batches]
    assert [1, LARGEST_BATCH + 1] == [b.first_number for b in batches]


def _records(octets: bytes) -> bytes:
    return octets[24:] if octets[0] != 0x0A else octets[48:]


def test_one_large_record_octet_by_octet_is_not_quadratic() -> None:
    """A quarter of a MiB in single octets: seconds if every octet copied what is carried."""
    octets = pcap()[:24] + b"\0" * 8 + (200_000).to_bytes(4, "little") * 2 + bytes(200_000)

    assert [200_000] == [row.original for row in run(PcapFeed(), single(octets))]


def test_pieces_are_not_copied() -> None:
    """Only the record that the border cuts is joined; the others are looked at where they lie."""
    octets, reader = pcap(), PcapFeed()
    list(reader.receive(octets[:30]))
    piece = octets[30:]
    batches = list(reader.receive(piece))

    assert [1, 3] == [len(b) for b in batches]
    assert piece is memoryview(batches[1].buffer).obj
