"""Workloads hold what they promise, and are the same every time."""

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path

import dpkt
import pytest

from bench.workloads import START, STEP, WORKLOADS, gateway, interleaved, write, write_frames


def transports(path: Path) -> Iterator[dpkt.Packet]:
    with path.open("rb") as file:
        for _, frame in dpkt.pcap.Reader(file):
            yield dpkt.ethernet.Ethernet(frame).data.data


def test_gateway_shares(tmp_path: Path) -> None:
    """2% of the packets are SMTP connections, 3% DNS."""
    path = tmp_path / "gateway.pcap"
    write(path, gateway, 60_000)
    ports = [(type(segment).__name__, {segment.sport, segment.dport}) for segment in transports(path)]

    assert pytest.approx(0.02, abs=0.004) == sum(25 in pair for _, pair in ports) / len(ports)
    assert pytest.approx(0.03, abs=0.002) == sum(53 in pair for _, pair in ports) / len(ports)
    assert pytest.approx(0.95, abs=0.005) == sum(443 in pair for _, pair in ports) / len(ports)


@pytest.mark.parametrize("name", WORKLOADS)
def test_same_every_time(name: str, tmp_path: Path) -> None:
    make, _ = WORKLOADS[name]
    sums = set()
    for turn in range(2):
        path = tmp_path / f"{turn}.pcap"
        write(path, make, 2000)
        sums.add(hashlib.sha256(path.read_bytes()).hexdigest())

    assert 1 == len(sums)


@pytest.mark.parametrize("name", WORKLOADS)
@pytest.mark.parametrize("packets", [1, 1000, 20_000])
def test_about_as_many_packets_as_asked_for(name: str, packets: int) -> None:
    """Conversations that have begun come to their end: at most a sixth above, in a capture of some size."""
    given = sum(1 for _ in interleaved(WORKLOADS[name][0], packets))

    assert packets <= given <= packets * 7 / 6 + 1000


def test_records_and_their_times(tmp_path: Path) -> None:
    path = tmp_path / "two.pcap"

    assert 2 == write_frames(path, iter([b"x" * 60, b"y" * 61]))
    octets = path.read_bytes()
    assert 24 + 16 + 60 + 16 + 61 == len(octets)
    assert (START // 10**6, START % 10**6 + STEP, 60, 60) == struct.unpack_from("<IIII", octets, 24)
