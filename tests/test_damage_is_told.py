"""A spoilt capture says so: wherever tshark calls a header or a DNS message malformed, the report names the frame, or counts it."""

import shutil
import struct
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.mutations import Frame, Tape, load
from tests.promises import read
from wiretruth.model.report import Report
from wiretruth.sources.files import CaptureSource

PCAPS: Final = Path(__file__).resolve().parents[1] / "pcaps"
ETHERNET: Final = 1
FRAMES: Final = 500
DNS_PORT: Final = b"\0\x35"
CHECKED: Final = frozenset({"eth", "vlan", "ip", "ipv6", "tcp", "udp", "icmp", "dns"})
"""Protocols of which damage is told; tshark looks into others as well, among them the multicast reports of ICMPv6."""
WHOLE: Final = 54
"""Octets of a frame before which nothing is changed at its head: where the packet comes from and goes to."""


@cache
def frames() -> list[Frame]:
    """Frames of Ethernet from our captures."""
    tapes = [load(path) for path in sorted(PCAPS.glob("*/mta-eth0.pcap"))]
    return [
        f
        for tape in tapes
        if tape is not None and tape.link_type == ETHERNET
        for f in tape.frames
        if len(f.octets) > WHOLE
    ]


def spoilt(random: Random) -> Frame:
    """One frame with a few octets behind its Ethernet header changed, or cut as if the network had."""
    frame = random.choice(frames())
    octets = bytearray(frame.octets)
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(14, min(len(octets), 120))
        octets[place] = random.choice((0, 1, 0x3F, 0xC0, 0xFF, random.randrange(256)))
    if random.random() < 0.2:
        del octets[random.randrange(20, len(octets)) :]
    return Frame(frame.at, bytes(octets), len(octets))


def malformed(spoiled: list[Frame], folder: Path) -> dict[int, str]:
    """Ask tshark which frames are malformed, and in which protocol."""
    path = folder / "spoilt.pcap"
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, ETHERNET))
        for frame in spoiled:
            file.write(struct.pack("<4I", frame.at // 10**9, 0, len(frame.octets), len(frame.octets)) + frame.octets)
    fields = ["-T", "fields", "-e", "frame.number", "-e", "frame.protocols"]
    options = ["-o", "tcp.desegment_tcp_streams:FALSE", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"]
    command = ["tshark", "-n", "-r", str(path), "-Y", "_ws.malformed", *options, *fields]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {int(number): protocols for number, protocols in (line.split("\t") for line in done.stdout.splitlines())}


def of_ours(protocols: str) -> bool:
    """The damage lies in what is read: neither within what an ICMP error quotes, nor within a protocol of no interest."""
    *before, last = protocols.removesuffix(":_ws.malformed").split(":")
    return last in CHECKED and "icmp" not in before and "icmpv6" not in before


def known_alone(protocols: str, frame: Frame) -> bool:
    """Tshark knows the DNS at a spoilt port from other frames of that conversation, which are not read with this one."""
    ports = frame.octets[34:38] + frame.octets[54:58]
    return "dns" not in protocols or DNS_PORT in (ports[:2], ports[2:4], ports[4:6], ports[6:])


def says_something(report: Report) -> bool:
    return bool(report.inputs[0].faults) or any("could not be read" in limit for limit in report.coverage.limits)


@pytest.mark.skipif(shutil.which("tshark") is None, reason="needs tshark")
@pytest.mark.parametrize("seed", range(2))
def test_where_tshark_says_malformed_something_is_said(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    spoiled = [spoilt(random) for _ in range(FRAMES)]
    told = {
        number: protocols
        for number, protocols in malformed(spoiled, tmp_path).items()
        if of_ours(protocols) and known_alone(protocols, spoiled[number - 1])
    }
    silent = [n for n in told if not says_something(read(Tape(ETHERNET, [spoiled[n - 1]]), every_lookup=True))]

    assert len(told) > 20
    assert [] == [(n, told[n], spoiled[n - 1].octets.hex()) for n in silent]


def cut_anywhere(octets: bytes, random: Random) -> Iterator[bytes]:
    for _ in range(40):
        yield octets[: random.randrange(25, len(octets) - 1)]


def test_a_file_that_ends_too_early_says_so(tmp_path: Path) -> None:
    """Wherever it was cut but between two records."""
    octets = (PCAPS / "plain-delivery/mta-eth0.pcap").read_bytes()
    ends = set(_records(octets))
    for piece in cut_anywhere(octets, Random(1)):
        path = tmp_path / "cut.pcap"
        path.write_bytes(piece)
        with CaptureSource(str(path)) as source:
            frames = sum(len(batch) for batch in source.batches())

        assert (len(piece) not in ends) == source.cut_off == bool(source.faults), len(piece)
        assert frames == sum(end <= len(piece) for end in ends) - 1


def _records(octets: bytes) -> Iterator[int]:
    position = 24
    while position <= len(octets):
        yield position
        if position + 16 > len(octets):
            return
        position += 16 + struct.unpack_from("<I", octets, position + 8)[0]
