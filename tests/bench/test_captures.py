"""One capture by its name, from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.captures import CAPTURES
from bench.workloads import WORKLOADS


def test_every_workload_is_a_capture() -> None:
    assert [*WORKLOADS] == [*CAPTURES][: len(WORKLOADS)]


@pytest.mark.parametrize("name", CAPTURES)
def test_sizes_scale(name: str) -> None:
    frames = CAPTURES[name].frames
    small, large = (sum(map(len, frames(size))) for size in (2000, 20_000))

    assert small < large


def test_says_how_many_packets(tmp_path: Path) -> None:
    path = tmp_path / "flood.pcap"
    command = [sys.executable, "-m", "bench.captures", "syn flood", "0.00001", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "10\n" == done.stdout
    assert 24 + 10 * (16 + 74) == path.stat().st_size
