"""Both lanes give the same report, whatever the size of batches and pieces."""

import io
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.workloads import gateway, interleaved, write_frames
from tests.columns.lanes import ETHERNET, SLL2, batch_of
from tests.columns.variants import LINKS, MACS, frames, packets
from tests.engine.stage import batches, text
from tests.rules.scene import Frame
from tests.wire.made import ipv4, tcp
from wiretruth.columns.relevance import Relevance
from wiretruth.engine import tap as tap_room
from wiretruth.engine import vantages as vantages_room
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import VantageTally
from wiretruth.engine.tap import Tap
from wiretruth.engine.yielded import Ending
from wiretruth.errors import InputError
from wiretruth.model.frames import FrameBatch, Interface
from wiretruth.model.packet import Packet
from wiretruth.sources.files import CaptureSource

SLOW, FAST = Settings(frame_by_frame=True), Settings()
EVERYTHING = Settings(every_connection=True), Settings(every_connection=True, frame_by_frame=True)


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)


def report(path: Path, settings: Settings, block: int = 1 << 24) -> str:
    """Everything that the report on a file holds."""
    analysis = Analysis(settings)
    with CaptureSource(str(path), block) as source:
        analysis.open("tap", "tap.pcap")
        for batch in source.batches():
            analysis.receive(batch)
        analysis.close(Ending(source.format, source.faults, source.cut_off, source.kernel_drops))
    return text(analysis.finish())


def at(found: list[bytes]) -> list[Frame]:
    return [Frame(n * 1_000_000, octets, len(octets)) for n, octets in enumerate(found, 1)]


def read(found: list[bytes], sizes: tuple[int, ...], settings: Settings, link_type: int = ETHERNET) -> str:
    """Do so for frames in batches of these sizes."""
    analysis = Analysis(settings)
    analysis.open("tap", "tap.pcap")
    for batch in batches(at(found), sizes, (Interface(None, link_type, 0),)):
        analysis.receive(batch)
    analysis.close(Ending("pcap"))
    return text(analysis.finish())


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("busy") / "busy.pcap"
    write_frames(path, interleaved(gateway, 8000))
    return path


@pytest.mark.parametrize("settings", EVERYTHING)
def test_every_connection(busy: Path, settings: Settings) -> None:
    assert report(busy, EVERYTHING[0]) == report(busy, settings, 1 << 16)


@pytest.mark.parametrize("block", [1 << 14, 1 << 16, (1 << 16) + 1, 99_991, 1 << 20, 1 << 24])
def test_pieces(busy: Path, block: int) -> None:
    assert report(busy, SLOW) == report(busy, FAST, block)


class Spoon(io.RawIOBase):
    """A pipe that gives so many octets at a time."""

    def __init__(self, octets: bytes, size: int) -> None:
        self._octets = memoryview(octets)
        self._size = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        given = self._octets[: min(self._size, len(buffer))]
        self._octets = self._octets[len(given) :]
        buffer[: len(given)] = given
        return len(given)


@pytest.mark.parametrize(("frames_", "size"), [(60, 1), (60, 7), (8000, 4096), (8000, 65_536), (8000, 1 << 20)])
def test_pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frames_: int, size: int) -> None:
    path = tmp_path / "busy.pcap"
    write_frames(path, interleaved(gateway, frames_))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Spoon(path.read_bytes(), size), 1)))

    assert report(path, SLOW) == report(Path("-"), FAST)


@pytest.mark.parametrize("sizes", [(1,), (2, 1), (7, 300, 5, 90), (1000,), (1 << 20,)])
def test_batches(sizes: tuple[int, ...]) -> None:
    """Mail on an unusual port, too: what makes it followed may be in the batch before, or in the same one."""
    link_type, found = frames("Ethernet", 1500)
    moved = [frame.replace(b"\x00\x19", b"\x09\xde") for frame in found]

    assert read(moved, (1 << 20,), SLOW, link_type) == read(moved, sizes, FAST, link_type)
    assert "2526" in read(moved, sizes, FAST, link_type)


@pytest.mark.parametrize("link", LINKS)
def test_links(link: str) -> None:
    link_type, found = frames(link, 800)

    assert read(found, (1 << 20,), SLOW, link_type) == read(found, (300,), FAST, link_type)


TUNNELS: dict[str, Callable[[bytes], bytes]] = {
    "GRE": lambda packet: ipv4(bytes.fromhex("00000800") + packet, 47),
    "VXLAN": lambda packet: ipv4(_datagram(4789, bytes.fromhex("0800000000000700") + MACS + b"\x08\x00" + packet)),
    "AH": lambda packet: (
        packet[:9] + b"\x33" + packet[10:20] + packet[9:10] + bytes.fromhex("04") + bytes(22) + packet[20:]
    ),
    "ESP": lambda packet: ipv4(packet, 50),
}


def _datagram(port: int, octets: bytes) -> bytes:
    return struct.pack("!HHHH", 50_000, port, 8 + len(octets), 0) + octets


@pytest.mark.parametrize("every", [1, 2, 7])
@pytest.mark.parametrize("tunnel", TUNNELS)
def test_tunnels(tunnel: str, every: int) -> None:
    """All packets in a tunnel, or some of a connection, or as many plain as in the tunnel."""
    wrap = TUNNELS[tunnel]
    found = [packet if n % every else wrap(packet) for n, packet in enumerate(packets(800))]
    link_type = LINKS["RAW"][0]

    assert read(found, (1 << 20,), SLOW, link_type) == read(found, (300,), FAST, link_type)


def tapped(batch: FrameBatch, settings: Settings) -> tuple[list[Packet], object]:
    counts: dict[str, VantageTally] = {}
    tap = Tap(settings, "tap", "tap.pcap", counts, Relevance(everything=True))
    packets = list(tap.receive(batch))
    return packets, (tap.whole, counts, tap.vantages.all(), tap.vantages.crowded_out)


def mixed() -> Iterator[bytes]:
    """Interfaces by turns, what cannot be read, and damage."""
    wrap = LINKS["SLL2"][1]
    packet = ipv4(tcp(b"220 mx\r\n"), 6)
    for n in range(30):
        yield wrap(packet, n * 7)
        yield wrap(packet, n)[: 20 + n]
        yield b"\x08\x06" + wrap(packet, n)[2:]


@pytest.mark.parametrize("most", [1024, 2])
def test_counts_and_names(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Of every vantage in the order in which they were met, also where there are too many."""
    monkeypatch.setattr(vantages_room, "MAX_VANTAGES", most)
    batch = batch_of([*mixed()], [SLL2], [200] * 90)

    assert tapped(batch, SLOW) == tapped(batch, FAST)


@pytest.mark.parametrize(("start", "end"), [(1000, 1020), (1010, 1010), (5000, None), (None, 10)])
def test_window(start: int | None, end: int | None) -> None:
    batch = batch_of([*mixed()], [SLL2])

    assert tapped(batch, Settings(start, end, frame_by_frame=True)) == tapped(batch, Settings(start, end))


def test_an_odd_row_may_be_the_first_of_a_connection_that_is_followed() -> None:
    """The hint stands behind three VLAN tags, the next packet behind none."""
    hint = MACS + b"\x81\x00\x00\x01" * 3 + b"\x08\x00" + ipv4(_port(tcp(b"EHLO mta\r\n")), 6)
    plain = MACS + b"\x08\x00" + ipv4(_port(tcp(b"QUIT\r\n")), 6)
    counts: dict[str, VantageTally] = {}
    tap = Tap(FAST, "tap", "tap.pcap", counts, Relevance())

    assert [1, 2] == [packet.number - 100 for packet in tap.receive(batch_of([hint, plain]))]


def _port(segment: bytes) -> bytes:
    return segment[:2] + (2526).to_bytes(2) + segment[4:]


@pytest.mark.shared
def test_public_captures(shared: Path) -> None:
    """The same report from both lanes, at any size of pieces."""
    read_ = 0
    for path in sorted((shared / "lab").rglob("*.pcap*"))[::3] + sorted((shared / "corpus").rglob("*.*cap*"))[::5]:
        if path.stat().st_size > 300_000:
            continue
        try:
            slow = report(path, SLOW)
        except InputError:
            continue
        assert slow == report(path, FAST, 1 << 16), path
        read_ += 1
    assert read_ > 50
