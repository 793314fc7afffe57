"""Big pieces of pcapng: the same rows as one by one, whatever stands between and within the blocks."""

import random
import struct

import pytest

from tests.capture.forge import START, block, enhanced, interface, option, section
from wiretruth.capture import _pcapng_chains, pcapng
from wiretruth.capture.feed import LARGEST_RECORD
from wiretruth.capture.pcapng import PcapngFeed, walk_packets
from wiretruth.capture.pcapng_blocks import Section
from wiretruth.capture.rows import PROBE, Rows

NANOSECONDS = option(9, b"\x09")


def begun(order: str = "<", options: tuple[bytes, ...] = (b"",)) -> tuple[Section, int]:
    """Give a section with its interfaces, and the octets that it takes."""
    head = section(order) + b"".join(interface(o, order) for o in options)
    feed = PcapngFeed()
    list(feed.receive(head))
    return feed._section, len(head)


def both_ways(how: Section, octets: bytes) -> tuple[list[list[int]], list[list[int]]]:
    ways = []
    for walk in (walk_packets, one_by_one):
        rows = Rows()
        end = walk(memoryview(octets), 0, how, rows)
        ways.append([*map(list, (rows.offsets, rows.captured, rows.original, rows.times, rows.interface)), [end]])
    return ways[0], ways[1]


def one_by_one(octets: memoryview, position: int, how: Section, rows: Rows) -> int:
    return pcapng._walk(octets, position, how, rows, rows.room)


def proven(how: Section, octets: bytes) -> int:
    rows, view = Rows(), memoryview(octets)
    position = pcapng._walk(view, 0, how, rows, PROBE)
    _pcapng_chains.walk(view, position, how, LARGEST_RECORD, rows)
    return len(rows) - PROBE


def blocks(count: int, order: str = "<", *, interfaces: int = 1, seed: int = 1) -> bytes:
    rng = random.Random(seed)
    frames = [rng.randbytes(rng.choice((0, 54, 61, 90, 1514))) for _ in range(count)]
    return b"".join(
        enhanced(
            f, START // 1000 + n, order, number=n % interfaces, original=len(f), options=option(2, b"\0" * 4, order) if n % 5 else b""
        )
        for n, f in enumerate(frames)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order", "options"), [("<", (b"",)), (">", (b"",)), ("<", (b"", NANOSECONDS, option(14, b"\xff" * 8)))]
)
def test_same_rows(order: str, options: tuple[bytes, ...]) -> None:
    how, _ = begun(order, options)
    octets = blocks(5000, order, interfaces=len(options))
    fast, slow = both_ways(how, octets)

    assert slow == fast
    assert 5000 - PROBE - 100 < proven(how, octets)


def test_odd_units_are_left_to_the_loop() -> None:
    how, _ = begun("<", (option(9, b"\x94"),))
    octets = blocks(5000)
    fast, slow = both_ways(how, octets)

    assert (slow, 0) == (fast, proven(how, octets))


@pytest.mark.parametrize(
    "between",
    [
        block(4, b"\0\0\0\0"),
        enhanced(b"x", number=1),
        enhanced(b"late", (1 << 64) - 1),
        b"\6\0\0\0\x20\0\0\0" + bytes(20) + b"\x21\0\0\0",
        b"\6\0\0\0\xff\xff\xff\xff" + bytes(24),
        b"\6\0\0\0\x24\0\0\0" + bytes(12) + b"\xff\0\0\0" + bytes(8) + b"\x24\0\0\0",
    ],
    ids=["another block", "unknown interface", "absurd time", "other trailer", "absurd length", "captured too long"],
)
def test_what_ends_the_rows(between: bytes) -> None:
    how, _ = begun()
    octets = blocks(2500) + between + blocks(2500)
    fast, slow = both_ways(how, octets)

    assert slow == fast
    assert 2500 == len(fast[0])


def test_blocks_within_blocks() -> None:
    how, _ = begun()
    inner = blocks(30)
    octets = b"".join(enhanced(inner[n % 300 * 4 : n % 300 * 4 + 1400], n) for n in range(3000))
    fast, slow = both_ways(how, octets)

    assert slow == fast


@pytest.mark.parametrize("seed", range(5))
def test_damage_anywhere(seed: int) -> None:
    how, _ = begun()
    rng = random.Random(seed)
    octets = bytearray(blocks(4000, seed=seed))
    for _ in range(30):
        octets[rng.randrange(len(octets))] = rng.randrange(256)
    fast, slow = both_ways(how, bytes(octets[: len(octets) - seed]))

    assert slow == fast


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_same_drops_at_packets(order: str) -> None:
    told = option(4, struct.pack(f"{order}Q", 3 << 32 | 1), order)
    kinds = [
        b"",
        told,
        option(2, b"abc", order) + told,
        told * 2,
        option(0, b"", order) + told,
        option(4, bytes(4), order) + told,
    ]
    octets = b"".join(enhanced(bytes(n % 7), n, order, options=kinds[n % len(kinds)]) for n in range(3000))
    lost = []
    for walk in (walk_packets, one_by_one):
        how, _ = begun(order)
        walk(memoryview(octets), 0, how, Rows())
        lost.append(dict(how.lost))

    assert {0: 5 * 500 * (3 << 32 | 1)} == lost[0] == lost[1]
