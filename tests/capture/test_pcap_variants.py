"""The dialects of pcap: longer record headers, and lengths in the other order."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capture.forge import START, STEP, Row, cut, pcap_header, pcap_record, run, single
from wiretruth.capture._pcap_variants import Lengths, lengths_of
from wiretruth.capture.pcap import LARGEST_FRAME, PcapFeed

SHARED = Path(__file__).resolve().parents[3] / "shared"

MACS = bytes.fromhex("02005e00530102005e005302")
FRAMES = (
    MACS + b"\x08\x00\x45\x00" + bytes(40),
    MACS + b"\x08\x06\x00\x01" + bytes(26),
    MACS + b"\x88\xcc" + bytes(9),
    MACS + b"\x86\xdd\x60\x00" + bytes(50),
)
USUAL, MODIFIED = 0xA1B2C3D4, 0xA1B2CD34
LONGER = {
    "usual": (USUAL, 0),
    "Nokia": (USUAL, 4),
    "Red Hat 6.1": (USUAL, 8),
    "modified": (MODIFIED, 8),
    "SuSE": (MODIFIED, 12),
}


def record(frame: bytes, time: int, order: str, more: int) -> bytes:
    """Write a record with *more* octets in its header."""
    whole = pcap_record(frame, time, order)
    return whole[:16] + bytes(more) + whole[16:]


def made(variant: str, order: str = "<", frames: tuple[bytes, ...] = FRAMES, link_type: int = 1) -> bytes:
    magic, more = LONGER[variant]
    records = [record(frame, START + n * STEP, order, more) for n, frame in enumerate(frames, 1)]
    return pcap_header(order, magic, link_type) + b"".join(records)


def expected(frames: tuple[bytes, ...] = FRAMES) -> list[Row]:
    return [Row(n, frame, len(frame), START + n * STEP, 0) for n, frame in enumerate(frames, 1)]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("variant", LONGER)
@pytest.mark.parametrize("first", range(len(FRAMES)))
def test_longer_record_headers_are_found_out(variant: str, order: str, first: int) -> None:
    """Whole and octet by octet; a first frame that is neither IP nor ARP tells nothing, and the usual header is believed."""
    frames = FRAMES[first:] + FRAMES[:first]
    octets = made(variant, order, frames)
    told = first != 2 or variant in {"usual", "modified"}
    for pieces in ([octets], single(octets)):
        reader = PcapFeed()
        assert told is (expected(frames) == run(reader, pieces))
        assert told is not bool(reader.faults)


@given(st.sampled_from(sorted(LONGER)), st.data())
def test_any_cut_gives_the_same(variant: str, data: st.DataObject) -> None:
    octets = made(variant)
    places = data.draw(st.lists(st.integers(0, len(octets))))

    assert expected() == run(PcapFeed(), cut(octets, places))


def test_usual_file_of_frames_with_an_unknown_shim_stays_usual() -> None:
    """Four octets before the type look like Nokia's header, but the second record tells."""
    shim = MACS + b"\x88\x99\x00\x01\x08\x00\x45\x00" + bytes(40)

    assert expected((shim, shim)) == run(PcapFeed(), [made("usual", frames=(shim, shim))])


@pytest.mark.parametrize(
    "tags",
    ["", "81000005", "81000005 81000006", "88a80005 81000006", "8864 1100 0001 0030 0021", "893f 1000 0000 0000"],
)
def test_first_frame_of_a_usual_file_is_not_held_back(tags: str) -> None:
    """A live capture through a pipe: the second packet may be an hour away."""
    octets = made("usual", frames=(MACS + bytes.fromhex(tags) + FRAMES[0][12:],))

    assert [1] == [len(batch) for batch in PcapFeed().receive(octets)]


def test_other_link_types_have_the_header_that_the_magic_says() -> None:
    frames = (b"\x45\x00" + bytes(40),)

    assert expected(frames) == run(PcapFeed(), [made("modified", frames=frames, link_type=101)])


@pytest.mark.parametrize("variant", LONGER)
def test_absurd_length_ends_the_feed(variant: str) -> None:
    sound = made(variant)
    reader = PcapFeed()
    rows = run(reader, [sound + bytes(8) + (LARGEST_FRAME + 1).to_bytes(4, "little") * 2 + bytes(99)])

    assert expected() == rows
    assert [(len(sound) + 8, 5)] == [(fault.offset, fault.frame) for fault in reader.faults]


@pytest.mark.parametrize(
    ("version", "order"),
    [
        ((2, 4), Lengths.CAPTURED_FIRST),
        ((2, 3), Lengths.EITHER),
        ((2, 2), Lengths.ORIGINAL_FIRST),
        ((2, 0), Lengths.ORIGINAL_FIRST),
        ((543, 0), Lengths.ORIGINAL_FIRST),
        ((2, 0x2020), Lengths.CAPTURED_FIRST),
    ],
)
def test_version_tells_the_order_of_the_lengths(version: tuple[int, int], order: Lengths) -> None:
    assert order is lengths_of(*version)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(
    ("version", "lengths"),
    [((2, 2), (1500, 60)), ((2, 3), (1500, 60)), ((2, 3), (60, 1500)), ((2, 4), (60, 1500)), ((543, 0), (1500, 60))],
)
def test_lengths_in_either_order(version: tuple[int, int], lengths: tuple[int, int], order: str) -> None:
    head = struct.pack(f"{order}IHHiIII", USUAL, *version, 0, 0, 65535, 1)
    octets = head + (struct.pack(f"{order}IIII", 1_700_000_000, 5, *lengths) + MACS + b"\x08\x00\x45" + bytes(45)) * 3
    for pieces in ([octets], single(octets)):
        assert [(60, 1500)] * 3 == [(len(row.octets), row.original) for row in run(PcapFeed(), pieces)]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "frames"),
    [
        ("zeek/smtp.pcap.modpcap", 125),
        ("zeek/smtp.pcap.modpcap.swap", 125),
        ("zeek/smtp.pcap.nokiapcap", 125),
        ("ndpi/default__pcap__smtp.pcap.rh6_1pcap", 95),
    ],
)
def test_public_captures(name: str, frames: int) -> None:
    capture = SHARED / "corpus" / name
    if not capture.exists():
        pytest.skip("the sample captures are not beside the project")
    reader = PcapFeed()

    assert frames == len(run(reader, [capture.read_bytes()]))
    assert () == reader.faults
