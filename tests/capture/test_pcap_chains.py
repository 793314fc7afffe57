"""Big pieces of pcap: the same rows as one by one, whatever the frames hold."""

import random

import pytest

from tests.capture.forge import START, pcap_header, pcap_record
from wiretruth.capture import _pcap_chains, pcap
from wiretruth.capture._pcap_variants import Layout
from wiretruth.capture.pcap import LARGEST_FRAME, PcapFeed, walk_records
from wiretruth.capture.rows import LARGEST_BATCH, PROBE, Rows
from wiretruth.model.frames import FrameBatch


def layout(octets: bytes) -> Layout:
    feed = PcapFeed()
    list(feed.receive(octets[:24]))
    assert feed._layout is not None
    return feed._layout


def rows_both_ways(octets: bytes, position: int = 24) -> tuple[list[list[int]], list[list[int]]]:
    """Give columns and the end, once by chains and once by the loop."""
    ways = []
    for walk in (walk_records, one_by_one):
        rows = Rows()
        end = walk(memoryview(octets), position, layout(octets), rows)
        ways.append([*map(list, (rows.offsets, rows.captured, rows.original, rows.times, rows.interface)), [end]])
    return ways[0], ways[1]


def one_by_one(octets: memoryview, position: int, how: Layout, rows: Rows) -> int:
    return pcap._walk(octets, position, how, rows, rows.room)


def proven(octets: bytes) -> int:
    """How many rows come of chains, behind those of the loop."""
    rows, view = Rows(), memoryview(octets)
    position = pcap._walk(view, 24, layout(octets), rows, PROBE)
    _pcap_chains.walk(view, position, layout(octets), rows)
    return len(rows) - PROBE


def records(count: int, order: str = "<", tick: int = 1000, *, seed: int = 1) -> bytes:
    rng = random.Random(seed)
    frames = [rng.randbytes(rng.choice((0, 54, 60, 90, 1514))) for _ in range(count)]
    each = (pcap_record(f, START + n * 7_000_000, order, tick, len(f) + n % 3) for n, f in enumerate(frames))
    return b"".join(each)


@pytest.mark.parametrize(
    ("order", "magic", "tick"), [("<", 0xA1B2C3D4, 1000), (">", 0xA1B2C3D4, 1000), ("<", 0xA1B23C4D, 1)]
)
def test_same_rows(order: str, magic: int, tick: int) -> None:
    octets = pcap_header(order, magic) + records(5000, order, tick)
    fast, slow = rows_both_ways(octets)

    assert slow == fast
    assert 5000 - PROBE - 100 < proven(octets)


def test_captures_within_a_capture() -> None:
    """Frames that hold records, as somebody's file transfer does: every beginning that is sought may be wrong."""
    inner = records(40)
    octets = pcap_header() + b"".join(pcap_record(inner[n % 900 : n % 900 + 1400], START + n) for n in range(3000))
    fast, slow = rows_both_ways(octets)

    assert slow == fast


@pytest.mark.parametrize("length", [LARGEST_FRAME + 1, 0x7FFFFFFF, 0xFFFFFFFF])
def test_an_absurd_length_in_the_middle(length: int) -> None:
    octets = pcap_header() + records(2500) + b"\0" * 8 + length.to_bytes(4, "little") * 2 + records(2500)
    fast, slow = rows_both_ways(octets)

    assert slow == fast
    assert 2500 == len(fast[0])


@pytest.mark.parametrize("missing", [1, 15, 17, 60, 1500])
def test_cut_off(missing: int) -> None:
    octets = (pcap_header() + records(3000) + pcap_record(bytes(1514)))[:-missing]

    fast, slow = rows_both_ways(octets)
    assert slow == fast


@pytest.mark.parametrize("seed", range(5))
def test_damage_anywhere(seed: int) -> None:
    rng = random.Random(seed)
    octets = bytearray(pcap_header() + records(4000, seed=seed))
    for _ in range(30):
        octets[rng.randrange(24, len(octets))] = rng.randrange(256)

    fast, slow = rows_both_ways(bytes(octets))
    assert slow == fast


def test_long_records_behind_tiny_ones() -> None:
    """How long records are is learned again: most of them come of chains, though the first told little."""
    octets = pcap_header() + pcap_record(b"") * 70 + records(9000)
    fast, slow = rows_both_ways(octets)

    assert slow == fast


def test_tiny_records_behind_long_ones() -> None:
    """Chains of so many records prove nothing, and cost no more than a loop."""
    octets = pcap_header() + records(300) + pcap_record(b"") * (2 * LARGEST_BATCH)

    fast, slow = rows_both_ways(octets)
    assert slow == fast
    assert LARGEST_BATCH == len(fast[0])


@pytest.mark.parametrize("size", [1 << 12, 150_000, 1 << 20, 1 << 24])
def test_pieces(size: int) -> None:
    octets = pcap_header() + records(20_000)

    def frames(piece: int) -> list[tuple[int, int]]:
        feed = PcapFeed()
        batches: list[FrameBatch] = []
        for begin in range(0, len(octets), piece):
            batches += feed.receive(octets[begin : begin + piece])
        return [(b.first_number + n, time) for b in batches for n, time in enumerate(b.times)]

    assert [(n + 1, START + n * 7_000_000) for n in range(20_000)] == frames(size)
