"""Frames written are frames read: by our own reader, and by tshark."""

import shutil
import subprocess
from array import array
from pathlib import Path

import pytest

from wiretruth.capture import pcapng_writing
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.model.frames import FrameBatch, Interface

AT = 1_795_199_383_123_456_789
INTERFACES = (Interface("lan0", 1, 0), Interface("tun0", 101, 0))
FRAMES = [bytes([n]) * (60 + n) for n in range(6)]


def batch(first: int = 1, frames: list[bytes] = FRAMES, interfaces: tuple[Interface, ...] = INTERFACES) -> FrameBatch:
    offsets = array("q", (sum(map(len, frames[:n])) for n in range(len(frames))))
    sizes = array("q", map(len, frames))
    times = array("q", (AT + (first + n) * 1_000_000_000 for n in range(len(frames))))
    places = array("q", (n % len(interfaces) for n in range(len(frames))))
    original = array("q", (size + 9 for size in sizes))
    return FrameBatch(b"".join(frames), offsets, sizes, original, times, places, interfaces, first)


def written() -> bytes:
    return pcapng_writing.header(INTERFACES) + pcapng_writing.packets(batch())


def test_what_is_written_is_read_again() -> None:
    feed = PcapngFeed()
    (found,) = feed.receive(written())
    feed.finish()
    buffer = memoryview(found.buffer)

    assert FRAMES == [bytes(buffer[o : o + n]) for o, n in zip(found.offsets, found.captured, strict=True)]
    assert (batch().times, batch().original, batch().interface) == (found.times, found.original, found.interface)
    assert [("lan0", 1), ("tun0", 101)] == [(one.name, one.link_type) for one in found.interfaces]
    assert () == feed.faults


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")
def test_tshark_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "written.pcapng"
    path.write_bytes(written())
    words = ["tshark", "-r", str(path), "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.interface_name"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)

    first = done.stdout.splitlines()[0].split()
    assert ["1795199384.123456789", "lan0"] == first


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")
def test_comments_stand_beside_their_packets(tmp_path: Path) -> None:
    path = tmp_path / "commented.pcapng"
    octets = pcapng_writing.header(INTERFACES) + pcapng_writing.packets(
        batch(), {2: "why: it is here", 6: "because: ü"}
    )
    path.write_bytes(octets + pcapng_writing.dropped(0, AT, 17))
    words = ["tshark", "-r", str(path), "-T", "fields", "-e", "frame.number", "-e", "frame.comment"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)

    assert {"2": "why: it is here", "6": "because: ü"} == {
        number: comment for number, _, comment in (line.partition("\t") for line in done.stdout.splitlines()) if comment
    }


def test_what_the_host_lost_is_read_again() -> None:
    feed = PcapngFeed()
    list(feed.receive(written() + pcapng_writing.dropped(0, AT, 17)))
    feed.finish()

    assert 17 == feed.kernel_drops


def test_an_interface_without_a_name_stays_so() -> None:
    feed = PcapngFeed()
    list(
        feed.receive(
            pcapng_writing.header((Interface(None, 1, 0),)) + pcapng_writing.packets(batch(interfaces=INTERFACES[:1]))
        )
    )

    assert [None] == [one.name for one in feed.interfaces]
