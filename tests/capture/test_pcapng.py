"""The block-structured capture file, block by block."""

import struct

import pytest

from tests.capture.forge import (
    Row,
    block,
    enhanced,
    interface,
    old_packet,
    option,
    pcapng,
    run,
    section,
    simple,
    single,
    statistics,
)
from wiretruth.capture.feed import LARGEST_RECORD, MAX_FAULTS, MAX_INTERFACES
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.capture.pcapng_blocks import LATEST
from wiretruth.model.frames import Interface

DROPPED = struct.pack("<Q", 7)
HEAD = section() + interface()
UNTIMED = "a timestamp before the year 2262"


def read(octets: bytes) -> tuple[list[Row], PcapngFeed]:
    """Read whole and octet by octet; both must agree."""
    reader, slow = PcapngFeed(), PcapngFeed()
    rows = run(reader, [octets])
    assert rows == run(slow, single(octets))
    assert reader.faults == slow.faults
    assert reader.kernel_drops == slow.kernel_drops
    return rows, reader


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("options", "ticks", "expected"),
    [
        ((), 5_000_001, 5_000_001_000),
        (((9, b"\x06"),), 5_000_001, 5_000_001_000),
        (((9, b"\x09"),), 5_000_000_001, 5_000_000_001),
        (((9, b"\x00"),), 5, 5_000_000_000),
        (((9, b"\x03"),), 5_001, 5_001_000_000),
        (((9, b"\x0c"),), 5_000_000_000_999, 5_000_000_000),
        (((9, b"\x7f"),), 5, 0),
        (((9, b"\x94"),), 5 * 2**20 + 2**19, 5_500_000_000),
        (((9, b"\x94"),), 1, 953),
        (((9, b"\xff"),), 2**64 - 1, 0),
        (((14, 100),), 5_000_001, 105_000_001_000),
        (((14, -4),), 5_000_001, 1_000_001_000),
        (((14, -10), (9, b"\x09")), 1, -9_999_999_999),
    ],
)
def test_resolution_and_offset(
    options: tuple[tuple[int, bytes | int], ...], ticks: int, expected: int, order: str
) -> None:
    """if_tsresol in powers of 10 and of 2, if_tsoffset in seconds."""
    values = [(c, struct.pack(f"{order}q", v) if isinstance(v, int) else v) for c, v in options]
    described = interface(b"".join(option(c, v, order) for c, v in values), order)
    octets = section(order) + described + enhanced(b"x", ticks, order) + old_packet(b"x", ticks, order)

    rows, reader = read(octets)
    assert [expected, expected] == [row.time for row in rows]
    assert () == reader.faults


@pytest.mark.parametrize("options", [b"", option(9, b"\x00"), option(14, struct.pack("<q", 2**63 - 1))])
def test_time_beyond_a_batch_is_the_one_before(options: bytes) -> None:
    """Frames that claim to be centuries away must not let all timers run out; said once."""
    absurd = enhanced(b"x", 2**64 - 1, number=1)
    rows, reader = read(HEAD + interface(options) + enhanced(b"x", 7) + absurd * 2 + enhanced(b"x", 8))

    assert [7000, 7000, 7000, 8000] == [row.time for row in rows]
    assert [1] == [fault.got.count("the time of the frame before it is used") for fault in reader.faults]


def test_latest_time_is_kept() -> None:
    rows, _ = read(section() + interface(option(9, b"\x09")) + enhanced(b"x", LATEST))

    assert [LATEST] == [row.time for row in rows]


def test_lowest_offset_stays_within_a_batch() -> None:
    rows, _ = read(section() + interface(option(14, struct.pack("<q", -(2**63)))) + enhanced(b"x", 1))

    assert 1 == len(rows)


def test_sections_and_interfaces_keep_apart() -> None:
    """Each section has its own byte order and its own interface 0; the input counts them all."""
    octets = (
        section("<")
        + interface(option(2, b"eth0"), snap=96)
        + interface(option(2, b"ppp\x1b0\0"), link_type=9)
        + enhanced(b"a", 1_000, number=1)
        + section(">")
        + interface(option(2, b"eth0", ">") + option(9, b"\x09", ">"), ">", link_type=113)
        + enhanced(b"b", 2_000_000, ">")
        + enhanced(b"c", 3_000_000, ">", original=1500)
    )
    rows, reader = read(octets)

    assert [(1, b"a", 1, 1), (2, b"b", 1, 2), (3, b"c", 1500, 2)] == [
        (r.number, r.octets, r.original, r.interface) for r in rows
    ]
    assert [1_000_000, 2_000_000, 3_000_000] == [r.time for r in rows]
    assert (
        Interface("eth0", 1, 96),
        Interface("ppp\\x1b0", 9, 0),
        Interface("eth0", 113, 0, section=1),
    ) == reader.interfaces


def test_packet_options_are_passed_over() -> None:
    rows, _ = read(HEAD + enhanced(b"odd", options=option(1, b"a comment") + option(0, b"")) + enhanced(b"next"))

    assert [b"odd", b"next"] == [row.octets for row in rows]


def test_simple_packet_takes_the_time_before_it() -> None:
    """It has no timestamp: said once, and cut at the snap length of interface 0."""
    octets = section() + interface(snap=4) + simple(b"abcd", original=9) + enhanced(b"x", 8) + simple(b"yz") * 2
    rows, reader = read(octets)

    assert [(b"abcd", 9, 0), (b"x", 1, 8000), (b"yz", 2, 8000), (b"yz", 2, 8000)] == [
        (r.octets, r.original, r.time) for r in rows
    ]
    assert [UNTIMED] == [fault.expected for fault in reader.faults]


@pytest.mark.parametrize(
    ("kind", "counted"),
    [(4, 0), (10, 0), (7, 0), (0x777, 0), (0x80000001, 0), (9, 1), (0xBAD, 1), (0x40000BAD, 1), (0x204, 1)],
)
def test_other_blocks_are_skipped(kind: int, counted: int) -> None:
    """Those that tshark shows as frames take a number; the others leave no trace."""
    other = block(kind, bytes(24))
    rows, reader = read(HEAD + other + enhanced(b"a") + enhanced(b"b") + other + other + enhanced(b"c"))

    assert [1 + counted, 2 + counted, 3 + 3 * counted] == [row.number for row in rows]
    assert () == reader.faults


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((), None),
        ((statistics(0, option(4, DROPPED)),), None),
        ((statistics(0, option(5, DROPPED)),), 7),
        ((statistics(0, option(5, DROPPED) + option(7, DROPPED)),), 14),
        ((statistics(0, option(5, DROPPED)), statistics(0, option(5, struct.pack("<Q", 9)))), 9),
        ((statistics(0, option(5, DROPPED)), interface(), statistics(1, option(7, DROPPED))), 14),
        ((statistics(0, option(5, DROPPED)), section(), interface(), statistics(0, option(5, DROPPED))), 14),
        ((statistics(1, option(5, DROPPED)),), None),
        ((statistics(0, option(5, b"short")),), None),
        ((enhanced(b"x", options=option(4, DROPPED)), enhanced(b"yy", options=option(4, DROPPED))), 14),
        ((enhanced(b"x", options=option(2, bytes(4)) + option(4, DROPPED) + option(0, b"")),), 7),
        ((enhanced(b"x", options=option(0, b"") + option(4, DROPPED)),), None),
        ((enhanced(b"x", options=option(4, DROPPED[:4])),), None),
        ((enhanced(b"x", options=option(4, DROPPED)), statistics(0, option(5, DROPPED))), 7),
        ((enhanced(b"x", options=option(4, DROPPED)), interface(), statistics(1, option(5, DROPPED))), 14),
        ((block(2, struct.pack("<HHIIII", 0, 3, 0, 0, 1, 1) + b"x"),), 3),
        ((block(2, struct.pack("<HHIIII", 0, 0xFFFF, 0, 0, 1, 1) + b"x"),), None),
    ],
    ids=[
        "none", "other count", "ifdrop", "both", "last one counts", "two", "two sections", "unknown", "damaged",
        "at packets", "among options", "behind the end", "short option", "told twice", "told in two ways", "obsolete block", "untold",
    ],
)  # fmt: skip
def test_kernel_drops(blocks: tuple[bytes, ...], expected: int | None) -> None:
    _, reader = read(HEAD + b"".join(blocks))

    assert expected == reader.kernel_drops


def test_damaged_statistics_do_not_end_the_feed() -> None:
    rows, reader = read(HEAD + statistics(0, option(5, b"short")) * (MAX_FAULTS + 5) + enhanced(b"x"))

    assert [b"x"] == [row.octets for row in rows]
    assert MAX_FAULTS == len(reader.faults)


GOOD = enhanced(b"good")
AT = len(HEAD + GOOD)


@pytest.mark.parametrize(
    ("bad", "where", "offset"),
    [
        (struct.pack("<II", 6, 0) + bytes(40), "block length", 4),
        (struct.pack("<II", 6, 11) + bytes(40), "block length", 4),
        (struct.pack("<II", 6, 33) + bytes(40), "block length", 4),
        (struct.pack("<II", 6, LARGEST_RECORD + 4) + bytes(40), "block length", 4),
        (struct.pack("<II", 0x777, 0xFFFFFFFC) + bytes(40), "block length", 4),
        (GOOD[:-4] + b"\x28\0\0\0", "block length", len(GOOD) - 4),
        (block(6, bytes(16)), "block of type 6", 0),
        (block(1, bytes(4)), "block of type 1", 0),
        (block(3, b""), "block of type 3", 0),
        (enhanced(b"x", number=1), "packet block", 8),
        (old_packet(b"x", 0, number=9), "packet block", 8),
        (section() + simple(b"x"), "packet block", 36),
        (block(6, struct.pack("<5I", 0, 0, 0, 5, 5) + b"four"), "packet block", 8),
        (block(2, struct.pack("<HH4I", 0, 0, 0, 0, 0xFFFFFFFF, 5) + b"four"), "packet block", 8),
        (section(version=(2, 0)), "section header", 12),
        (section().replace(b"\x4d\x3c\x2b\x1a", b"none"), "section header", 8),
        (interface(option(9, b"toolong")), "interface description", 8),
        (interface(struct.pack("<HH", 2, 400) + b"short"), "interface description", 8),
    ],
)
def test_damage_ends_the_feed(bad: bytes, where: str, offset: int) -> None:
    """What came before is kept, what comes behind is not guessed at."""
    rows, reader = read(HEAD + GOOD + bad + GOOD)

    assert [b"good"] == [row.octets for row in rows]
    assert [(where, AT + offset)] == [(f.where, f.offset) for f in reader.faults if f.expected != UNTIMED]
    assert reader.ended
    assert not reader.cut_off


def test_interfaces_have_a_bound() -> None:
    reader = PcapngFeed()
    run(reader, [section() + interface() * (MAX_INTERFACES + 1) + enhanced(b"x")])

    assert MAX_INTERFACES == len(reader.interfaces)
    assert ["interface description"] == [fault.where for fault in reader.faults]


def test_original_length_is_never_below_the_captured_one() -> None:
    rows, _ = read(HEAD + enhanced(b"four", original=1) + enhanced(b"four", original=9))

    assert [4, 9] == [row.original for row in rows]


def test_version_1_2_is_read() -> None:
    rows, _ = read(pcapng().replace(section(), section(version=(1, 2))))

    assert 4 == len(rows)
