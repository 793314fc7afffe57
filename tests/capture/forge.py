"""Capture files made by hand, and feeds run over them in any cut."""

import itertools
import struct
from collections.abc import Iterable
from typing import NamedTuple

from wiretruth.capture.feed import Feed
from wiretruth.model.frames import FrameBatch

FRAMES = (b"first frame!", b"", b"a third one, of odd length", b"\xff" * 60)
START = 1_700_000_000 * 1_000_000_000
STEP = 1_234_567_000
"""Whole microseconds, so that every resolution down to microseconds can say it."""


class Row(NamedTuple):
    """One frame as the feed gave it, detached from its batch."""

    number: int
    octets: bytes
    original: int
    time: int
    interface: int


def rows_of(batch: FrameBatch) -> list[Row]:
    columns = zip(batch.offsets, batch.captured, batch.original, batch.times, batch.interface, strict=True)
    return [
        Row(number, bytes(memoryview(batch.buffer)[begin : begin + captured]), original, time, interface)
        for number, (begin, captured, original, time, interface) in enumerate(columns, batch.first_number)
    ]


def run(feed: Feed, pieces: Iterable[bytes]) -> list[Row]:
    """Feed the pieces from one buffer that is overwritten, as a door does it, and finish."""
    rows: list[Row] = []
    for piece in pieces:
        buffer = bytearray(piece)
        for batch in feed.receive(buffer):
            rows += rows_of(batch)
        buffer[:] = b"\xee" * len(buffer)
    feed.finish()
    return rows


def single(octets: bytes) -> list[bytes]:
    return [octets[i : i + 1] for i in range(len(octets))]


def cut(octets: bytes, places: Iterable[int]) -> list[bytes]:
    borders = [0, *sorted(places), len(octets)]
    return [octets[a:b] for a, b in itertools.pairwise(borders)]


def expected_rows(resolution: int = 1000) -> list[Row]:
    """What any file of FRAMES must give, its times rounded down to *resolution* nanoseconds."""
    return [
        Row(n, frame, len(frame), (START + n * STEP) // resolution * resolution, 0) for n, frame in enumerate(FRAMES, 1)
    ]


def pcap_header(order: str = "<", magic: int = 0xA1B2C3D4, link_type: int = 1, snap: int = 65535) -> bytes:
    return struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, snap, link_type)


def pcap_record(
    frame: bytes, time: int = START, order: str = "<", tick: int = 1000, original: int | None = None
) -> bytes:
    seconds, rest = divmod(time, 1_000_000_000)
    length = len(frame) if original is None else original
    return struct.pack(f"{order}IIII", seconds, rest // tick, len(frame), length) + frame


def pcap(order: str = "<", *, nanoseconds: bool = False) -> bytes:
    magic, tick = (0xA1B23C4D, 1) if nanoseconds else (0xA1B2C3D4, 1000)
    records = [pcap_record(f, START + n * STEP, order, tick) for n, f in enumerate(FRAMES, 1)]
    return pcap_header(order, magic) + b"".join(records)


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    body += bytes(-len(body) % 4)
    length = struct.pack(f"{order}I", len(body) + 12)
    return struct.pack(f"{order}I", kind) + length + body + length


def section(order: str = "<", version: tuple[int, int] = (1, 0)) -> bytes:
    return block(0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, *version, -1), order)


def option(code: int, value: bytes, order: str = "<") -> bytes:
    return struct.pack(f"{order}HH", code, len(value)) + value + bytes(-len(value) % 4)


def interface(options: bytes = b"", order: str = "<", link_type: int = 1, snap: int = 0) -> bytes:
    return block(1, struct.pack(f"{order}HHI", link_type, 0, snap) + options, order)


def enhanced(
    frame: bytes,
    ticks: int = 0,
    order: str = "<",
    *,
    number: int = 0,
    original: int | None = None,
    options: bytes = b"",
) -> bytes:
    length = len(frame) if original is None else original
    head = struct.pack(f"{order}5I", number, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), length)
    return block(6, head + frame + bytes(-len(frame) % 4) + options, order)


def old_packet(frame: bytes, ticks: int, order: str = "<", number: int = 0) -> bytes:
    head = struct.pack(f"{order}HH4I", number, 0xFFFF, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame))
    return block(2, head + frame, order)


def simple(frame: bytes, order: str = "<", original: int | None = None) -> bytes:
    return block(3, struct.pack(f"{order}I", len(frame) if original is None else original) + frame, order)


def statistics(number: int, options: bytes, order: str = "<") -> bytes:
    return block(5, struct.pack(f"{order}III", number, 0, 0) + options, order)


def pcapng(order: str = "<", *, nanoseconds: bool = False) -> bytes:
    options = option(9, b"\x09", order) if nanoseconds else b""
    tick = 1 if nanoseconds else 1000
    packets = [enhanced(f, (START + n * STEP) // tick, order) for n, f in enumerate(FRAMES, 1)]
    return section(order) + interface(options, order) + b"".join(packets)


def snoop_header(datalink: int = 4, version: int = 2) -> bytes:
    return b"snoop\0\0\0" + struct.pack(">II", version, datalink)


def snoop_record(
    frame: bytes, time: int = START, *, drops: int = 0, pad: int = 0, original: int | None = None
) -> bytes:
    seconds, rest = divmod(time, 1_000_000_000)
    length = len(frame) if original is None else original
    sizes = (length, len(frame), 24 + len(frame) + pad, drops)
    return struct.pack(">6I", *sizes, seconds, rest // 1000) + frame + bytes(pad)


def snoop() -> bytes:
    records = [snoop_record(f, START + n * STEP, pad=-len(f) % 4) for n, f in enumerate(FRAMES, 1)]
    return snoop_header() + b"".join(records)
