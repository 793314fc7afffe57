"""Solaris' snoop (RFC 1761)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capture.forge import START, cut, expected_rows, run, snoop, snoop_header, snoop_record
from wiretruth.capture.pcap import LARGEST_FRAME
from wiretruth.capture.snoop import SnoopFeed


@given(st.data())
def test_any_cut_gives_the_same(data: st.DataObject) -> None:
    octets = snoop()
    places = data.draw(st.lists(st.integers(0, len(octets))))

    assert expected_rows() == run(SnoopFeed(), cut(octets, places))


@given(st.binary(max_size=200), st.integers(0, len(snoop())))
def test_any_octets_raise_nothing(noise: bytes, place: int) -> None:
    octets = snoop()
    reader = SnoopFeed()
    run(reader, [octets[:place] + noise + octets[place + len(noise) :]])

    assert len(reader.faults) <= 1


@pytest.mark.parametrize(("datalink", "link_type"), [(0, 1), (4, 1), (8, 10), (9, 0), (14, 0), (16, 122)])
def test_datalink_types_that_have_a_linktype(datalink: int, link_type: int) -> None:
    reader = SnoopFeed()
    run(reader, [snoop_header(datalink)])

    assert [link_type] == [interface.link_type for interface in reader.interfaces]
    assert () == reader.faults


@pytest.mark.parametrize(
    ("head", "offset", "got"),
    [
        (snoop_header(version=4), 8, "4"),
        (snoop_header(datalink=18), 12, "18"),
        (snoop_header(1 << 31), 12, "2147483648"),
    ],
)
def test_what_no_reader_knows_is_named(head: bytes, offset: int, got: str) -> None:
    reader = SnoopFeed()

    assert [] == run(reader, [head + snoop_record(b"frame")])
    assert [("snoop file header", offset, got)] == [(f.where, f.offset, f.got) for f in reader.faults]


def test_original_length_and_padding() -> None:
    record = snoop_record(b"four!", original=1514, pad=7)

    assert [(b"four!", 1514)] * 2 == [(r.octets, r.original) for r in run(SnoopFeed(), [snoop_header() + record * 2])]


def test_drops_are_the_last_count() -> None:
    """RFC 1761: cumulative, since the capture began."""
    reader = SnoopFeed()

    assert reader.kernel_drops is None
    run(reader, [snoop_header() + b"".join(snoop_record(b"", drops=count) for count in (0, 3, 7))])
    assert 7 == reader.kernel_drops


@pytest.mark.parametrize(
    ("captured", "length", "place"),
    [(LARGEST_FRAME + 1, LARGEST_FRAME + 25, 4), (8, 31, 8), (8, 0, 8), (8, 0xFFFFFFFF, 8)],
    ids=["absurd frame", "record shorter than its frame", "no length", "absurd record"],
)
def test_damage_ends_the_feed_and_keeps_what_came_before(captured: int, length: int, place: int) -> None:
    bad = b"".join(number.to_bytes(4) for number in (captured, captured, length, 0, 0, 0))
    reader = SnoopFeed()

    assert expected_rows() == run(reader, [snoop() + bad, bytes(100)])
    assert [(len(snoop()) + place, 5)] == [(fault.offset, fault.frame) for fault in reader.faults]
    assert not reader.cut_off


def test_moment() -> None:
    assert [START + 999_999_000] == [
        row.time for row in run(SnoopFeed(), [snoop_header() + snoop_record(b"", START + 999_999_000)])
    ]
