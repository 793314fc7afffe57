"""The loop decodes all it is given."""

from pathlib import Path

from bench.scapy_loop import decoded
from bench.workloads import WORKLOADS, write


def test_counts(tmp_path: Path) -> None:
    path = tmp_path / "resolver.pcap"
    write(path, WORKLOADS["resolver"][0], 100)

    packets, messages = decoded(path)
    assert (100, 100) == (packets // 10 * 10, messages // 10 * 10)
    assert packets == messages
