"""A sample is the beginning of a capture, cut between two packets."""

from pathlib import Path

import dpkt
import pytest

from bench.samples import LEAST, sample, size
from bench.workloads import WORKLOADS, write


@pytest.mark.parametrize("packets", [0, 1, 300])
def test_first_packets(packets: int, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.pcap", tmp_path / "part.pcap"
    write(whole, WORKLOADS["resolver"][0], 500)
    sample(whole, part, packets)

    assert whole.read_bytes().startswith(part.read_bytes())
    with part.open("rb") as file:
        assert packets == sum(1 for _ in dpkt.pcap.Reader(file))


@pytest.mark.parametrize(
    ("packets", "share", "expected"),
    [(3_000_000, 0.1, 300_000), (3_000_000, 0.001, LEAST), (500, 0.1, 500), (LEAST, 0.1, LEAST)],
)
def test_sample_is_large_enough_to_tell_a_pace(packets: int, share: float, expected: int) -> None:
    assert expected == size(packets, share)
