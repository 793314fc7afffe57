"""Whatever somebody sends, a run stays quick and small, and says what it gave up: one attack a test, through the whole tool."""

import gzip
import resource
import struct
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

import pytest

from tests.capture.forge import pcap_header, section
from tests.mutations import Frame, Tape, batches
from tests.promises import written
from tests.rules.packets import ACK, PSH, SYN, TCP, UDP, ip, tcp, udp
from tests.rules.scene import MTA, MX1, RESOLVER, START
from wiretruth.capture.feed import LARGEST_RECORD
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.log_reading import LogReading, LogSettings
from wiretruth.engine.yielded import Ending
from wiretruth.model.report import Report
from wiretruth.model.smtp import Reply
from wiretruth.protocols.dns.message import decode
from wiretruth.protocols.smtp.replies import MAX_REPLY_LINES
from wiretruth.sources.files import CaptureSource

RAW: Final = 101
MIB: Final = 1 << 20
CLIENT, SERVER = (MTA, 40_001), (MX1, 25)


def read(packets: Iterable[bytes], step: int = 1000, size: int = 20_000) -> Report:
    """Read packets that come one after the other, some thousands at a time."""
    analysis = Analysis()
    analysis.open("tap", "tap.pcap")
    frames = (Frame(START + n * step, octets, len(octets)) for n, octets in enumerate(packets))
    number = 1
    while some := list(islice(frames, size)):
        for batch in batches(Tape(RAW, some), size):
            analysis.receive(replace(batch, first_number=number))
        number += len(some)
    analysis.close(Ending("pcap"))
    return analysis.finish()


def cost(run: Callable[[], object]) -> float:
    """CPU seconds of a run."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def linear(attack: Callable[[int], object], size: int) -> None:
    """Four times as much takes some four times as long; quadratic would be sixteen."""
    attack(size // 4)  # what is loaded at first
    one, four = cost(lambda: attack(size)), cost(lambda: attack(4 * size))

    assert four < 9 * one + 0.5, (one, four)


def evicted(report: Report) -> dict[str, int]:
    return dict(report.coverage.evicted)


def segment(
    seq: int, payload: bytes, *, back: bool = False, flags: int = PSH | ACK, ack: int = 1, ip_id: int = 0
) -> bytes:
    here, there = (SERVER, CLIENT) if back else (CLIENT, SERVER)
    octets = tcp((here[1], there[1]), (seq % (1 << 32), ack), flags, payload)
    return ip(here[0], there[0], TCP, octets, 64, ip_id % 65536)


def handshake() -> Iterator[bytes]:
    yield segment(0, b"", flags=SYN, ack=0)
    yield segment(0, b"", back=True, flags=SYN | ACK)
    yield segment(1, b"", flags=ACK)


def said(pieces: Iterable[bytes], *, back: bool = True) -> Iterator[bytes]:
    """One side says pieces in order, and the other acknowledges each of them."""
    seq = 1
    for piece in pieces:
        yield segment(seq, piece, back=back)
        seq += len(piece)
        yield segment(1, b"", back=not back, flags=ACK, ack=seq % (1 << 32))


# Files


def test_bomb_of_empty_records(tmp_path: Path) -> None:
    """A few octets of gzip stand for a million records without octets: each costs next to nothing."""
    path = tmp_path / "bomb.pcap.gz"
    path.write_bytes(gzip.compress(pcap_header() + bytes(16) * 400_000))

    def run() -> Report:
        analysis = Analysis()
        analysis.open("tap", str(path))
        with CaptureSource(str(path)) as source:
            for batch in source.batches():
                analysis.receive(batch)
        analysis.close()
        return analysis.finish()

    report = run()
    assert cost(run) < 4
    assert 400_000 == report.inputs[0].packets
    assert any("400000 frames" in limit for limit in report.coverage.limits)
    assert 400_000 == evicted(report)["the list of damage"] + len(report.inputs[0].faults)


def test_bomb_of_zeros_is_expanded_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pcap.gz"
    path.write_bytes(gzip.compress(pcap_header() + bytes(96 * MIB)))
    tracemalloc.start()
    try:
        with CaptureSource(str(path)) as source:
            frames = sum(len(batch) for batch in source.batches())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert 6 * MIB == frames
    assert peak < 40 * MIB


@pytest.mark.parametrize("size", [0xFFFF_FFFC, 0x8000_0000, LARGEST_RECORD + 4])
def test_block_that_claims_gigabytes(size: int) -> None:
    """It is damage at once: nobody waits for its octets, or makes room for them."""
    feed, zeros = PcapngFeed(), bytes(MIB)
    tracemalloc.start()
    try:
        for piece in (section(), struct.pack("<II", 6, size), *([zeros] * 32)):
            assert not list(feed.receive(piece))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert feed.ended
    assert [len(section()) + 4] == [fault.offset for fault in feed.faults]
    assert peak < MIB


# Names


def pointers(size: int) -> bytes:
    """A message of nothing but pointers, each to the one before it, and as many records as they can be read for."""
    head = struct.pack("!6H", 7, 0x8180, 1, size // 12, 0, 0)
    body = b"\xc0\x0c" + b"".join((0xC000 | 12 + 2 * (n % 4000)).to_bytes(2) for n in range(size // 2))
    return head + body


def test_pointers_in_circles() -> None:
    linear(lambda size: [decode(pointers(size)) for _ in range(20)], 4_000)


def name(number: int) -> bytes:
    label = b"n%07d" % number
    return bytes((len(label),)) + label + b"\7example\3net\0"


def aliases(names: int) -> Iterator[bytes]:
    """A chain of aliases, the answer to each name the next one."""
    for n in range(names):
        question = name(n) + struct.pack("!HH", 1, 1)
        query = struct.pack("!6H", n % 65536, 0x0100, 1, 0, 0, 0) + question
        record = b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 300, len(name(0))) + name(n + 1)
        response = struct.pack("!6H", n % 65536, 0x8180, 1, 1, 0, 0) + question + record
        port = 20_000 + n % 40_000
        yield ip(MTA, RESOLVER, UDP, udp((port, 53), query))
        yield ip(RESOLVER, MTA, UDP, udp((53, port), response))


def mail_at_last() -> Iterator[bytes]:
    yield from handshake()
    yield from said([b"220 mail.example.net ESMTP\r\n"])


def test_chain_of_aliases() -> None:
    linear(lambda names: read(chain(aliases(names), mail_at_last())), 1_000)


@pytest.mark.deep
def test_chain_of_65536_aliases() -> None:
    report = read(chain(aliases(65_536), mail_at_last()))

    assert 65_536 == report.lookup_count


def test_chain_of_aliases_in_one_message() -> None:
    """As many aliases as 64 KiB hold."""
    records = b"".join(name(n) + struct.pack("!HHIH", 5, 1, 300, len(name(0))) + name(n + 1) for n in range(1_200))
    message = struct.pack("!6H", 7, 0x8180, 1, 1_200, 0, 0) + name(0) + struct.pack("!HH", 1, 1) + records
    packets = [ip(RESOLVER, MTA, UDP, udp((53, 40_001), message))]

    assert cost(lambda: read(chain(packets, mail_at_last()))) < 3


# Dialogues


def test_endless_reply_to_ehlo() -> None:
    pieces = (b"250-KEYWORD%08d\r\n" % n * 50 for n in range(4_000))
    report = read(chain(handshake(), said([b"220 mail.example.net ESMTP\r\n", *pieces, b"250 HELP\r\n"])))
    (dialogue,) = [c.dialogue for c in report.connections if c.dialogue]

    assert MAX_REPLY_LINES == max(len(event.lines) for event in dialogue.events if isinstance(event, Reply))
    assert len("".join(written(report))) < MIB


def test_line_without_end() -> None:
    linear(lambda size: read(chain(handshake(), said([b"220 mail.example.net ESMTP"] + [b"x" * 1000] * size))), 1_000)


def test_log_line_without_end() -> None:
    def read_log(size: int) -> None:
        LogReading(LogSettings(0, 0), "log", "log").receive([b"Nov 20 18:00:00 a postfix/smtp[1]: " + b"<=[" * size])

    linear(read_log, 200_000)


# Segments


def tiny(count: int) -> Iterator[bytes]:
    """A greeting, and then octets one by one, every second one late."""
    yield from handshake()
    yield segment(1, b"220 mail.example.net ESMTP\r\n", back=True)
    start = 29
    for n in range(0, count, 2):
        yield segment(start + n + 1, b"b", back=True, ip_id=n + 1)
        yield segment(start + n, b"a", back=True, ip_id=n)


def test_tiny_segments() -> None:
    linear(lambda count: read(tiny(count)), 2_000)


@pytest.mark.deep
def test_a_million_tiny_segments() -> None:
    (connection,) = read(tiny(1_000_000)).connections

    assert 1_000_028 == connection.nearest.from_server.octets


def holes(count: int) -> Iterator[bytes]:
    """Every second octet never comes, and nobody acknowledges anything."""
    yield from handshake()
    for n in range(count):
        yield segment(30 + 2 * n, b"x", back=True, ip_id=n)


def test_segments_behind_holes() -> None:
    linear(lambda count: read(holes(count)), 2_000)


def overlaps(count: int) -> Iterator[bytes]:
    """Each segment tells most of what was told before differently."""
    yield from handshake()
    for n in range(count):
        yield segment(2 + 10 * n, bytes((65 + n % 26,)) * 1000, back=True, ip_id=n)


def test_overlapping_segments() -> None:
    linear(lambda count: read(overlaps(count)), 1_000)
    report = read([*overlaps(50), segment(1, b"2", back=True)])

    assert any("differed the second time: those seen first were used" in limit for limit in report.coverage.limits)


def test_fragments_that_never_become_whole() -> None:
    def flood(count: int) -> Report:
        def pieces() -> Iterator[bytes]:
            for n in range(count):
                octets = bytearray(ip(RESOLVER, MTA, UDP, bytes(1400), 64, n % 65536))
                octets[6:8] = b"\x20\0"
                octets[12:16] = bytes((198, 51, 100, n >> 16 & 0xFF))
                yield bytes(octets)

        return read(pieces())

    linear(flood, 2_000)
    assert evicted(flood(8_000))["the table of fragmented datagrams"] > 0


# Connections


def opened(count: int) -> Iterator[bytes]:
    for n in range(count):
        client = f"10.{n >> 16 & 0xFF}.{n >> 8 & 0xFF}.{n & 0xFF}"
        yield ip(
            client, MX1, TCP, tcp((1024 + n % 60_000, 25), (n * 7919 % (1 << 32), 0), SYN, b"", mss=1460), 64, n % 65536
        )


def test_connections_that_only_open() -> None:
    linear(lambda count: read(opened(count)), 2_500)


@pytest.mark.deep
def test_a_million_connections() -> None:
    """Their memory has a bound, and what is beyond the bound is counted."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = read(opened(1_000_000))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    assert 1_000_000 == report.connection_count
    assert evicted(report)
    assert grown < 1_000, f"{grown} MiB"


# Clocks


def test_clocks_that_jump_back() -> None:
    """Time that runs backwards all the way, and time that falls back by a year again and again."""
    linear(lambda count: read(islice(chain(handshake(), aliases(count)), 2 * count), step=-1_000_000), 1_000)
    frames = [*mail_at_last(), *aliases(200)]
    analysis = Analysis()
    analysis.open("tap", "tap.pcap")
    year = 31_536_000 * 10**9
    tape = Tape(RAW, [Frame(START - n % 3 * year, octets, len(octets)) for n, octets in enumerate(frames)])
    for batch in batches(tape, 7):
        analysis.receive(batch)
    report = analysis.finish()

    assert 1 == report.connection_count
