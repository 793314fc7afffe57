"""The classic capture file."""

import pytest

from tests.capture.forge import START, pcap, pcap_header, pcap_record, run
from wiretruth.capture.pcap import LARGEST_FRAME, PcapFeed
from wiretruth.model.frames import Fault, Interface


@pytest.mark.parametrize("order", ["<", ">"])
def test_header_describes_the_only_interface(order: str) -> None:
    reader = PcapFeed()
    run(reader, [pcap_header(order, link_type=113, snap=96)])

    assert (Interface(None, 113, 96),) == reader.interfaces
    assert reader.kernel_drops is None
    assert () == reader.faults


def test_upper_half_of_the_link_type_is_not_its_number() -> None:
    """The bits that tell of frame check sequences are no part of the LINKTYPE."""
    reader = PcapFeed()
    run(reader, [pcap_header(link_type=0x5400_0001)])

    assert [1] == [interface.link_type for interface in reader.interfaces]


@pytest.mark.parametrize(
    ("original", "expected"),
    [(1514, 1514), (4, 4), (3, 4), (0, 4), (0xFFFFFFFF, 0xFFFFFFFF)],
    ids=["cut by the snap length", "whole", "too small", "zero", "absurd"],
)
def test_original_length_is_never_below_the_captured_one(original: int, expected: int) -> None:
    rows = run(PcapFeed(), [pcap_header() + pcap_record(b"four", original=original)])

    assert [(b"four", expected)] == [(row.octets, row.original) for row in rows]


@pytest.mark.parametrize(
    ("time", "tick", "magic"),
    [(0, 1000, 0xA1B2C3D4), (START + 999_999_000, 1000, 0xA1B2C3D4), (START + 999_999_999, 1, 0xA1B23C4D)],
)
def test_times_are_whole_nanoseconds(time: int, tick: int, magic: int) -> None:
    rows = run(PcapFeed(), [pcap_header(magic=magic) + pcap_record(b"", time, tick=tick)])

    assert [time] == [row.time for row in rows]


def test_the_latest_time_fits() -> None:
    record = b"\xff" * 8 + bytes(8)

    assert [0xFFFFFFFF * 10**9 + 0xFFFFFFFF * 1000] == [r.time for r in run(PcapFeed(), [pcap_header() + record])]


@pytest.mark.parametrize("length", [LARGEST_FRAME + 1, 0x10000001, 0xFFFFFFFF])
def test_absurd_length_ends_the_feed(length: int) -> None:
    """What came before is kept, and nothing of the length is waited for."""
    sound = pcap()
    reader = PcapFeed()
    rows = run(reader, [sound + b"\0" * 8 + length.to_bytes(4, "little") * 2, b"\0" * 100])

    expected = f"a captured length of at most {LARGEST_FRAME}"
    assert [1, 2, 3, 4] == [row.number for row in rows]
    assert (Fault("pcap record header", len(sound) + 8, expected, str(length), 5),) == reader.faults
    assert reader.ended
    assert not reader.cut_off


def test_largest_frame_is_read() -> None:
    rows = run(PcapFeed(), [pcap_header() + pcap_record(bytes(LARGEST_FRAME))])

    assert [LARGEST_FRAME] == [len(row.octets) for row in rows]


def test_link_types_with_long_messages_have_a_higher_bound() -> None:
    """DBUS and USB carry no mail, but a long message of theirs is no damage (as in libpcap)."""
    rows = run(PcapFeed(), [pcap_header(link_type=231) + pcap_record(bytes(LARGEST_FRAME + 1))])

    assert [LARGEST_FRAME + 1] == [len(row.octets) for row in rows]


@pytest.mark.parametrize("count", [1, 5000])
@pytest.mark.parametrize("order", ["<", ">"])
def test_another_file_behind_the_first_is_no_packet(order: str, count: int) -> None:
    """``cat`` is no way to join captures: nobody knows how they go together."""
    record = pcap_record(b"x" * 60, order=order)
    file = pcap_header(order) + record * count
    feed = PcapFeed()
    rows = run(feed, [file * 2])

    assert count == len(rows)
    assert [(len(file), count + 1)] == [(fault.offset, fault.frame) for fault in feed.faults]
    assert "another file" in feed.faults[0].got
