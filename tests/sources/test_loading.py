"""What a run loads: start-up is most of the time that a small capture takes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.capture.forge import START, pcap_header, pcap_record
from tests.wire.made import ipv4, tcp

HEAVY = ("numpy", "rich", "scapy", "dpkt", "dns", "asyncio", "ssl", "http", "urllib.request", "email", "unittest")
PROGRAM = """
import sys
from wiretruth.cli.main import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted(set(sys.modules).intersection(HEAVY)), file=sys.stderr)
"""


def loaded(*arguments: str) -> list[str]:
    """Give the heavy modules that a run has loaded."""
    program = f"HEAVY = {HEAVY!r}\n{PROGRAM}"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return done.stderr.split()


def capture(path: Path, frames: int) -> str:
    frame = bytes(12) + b"\x08\x00" + ipv4(tcp(b"220 mx.example.net\r\n"), 6)
    path.write_bytes(pcap_header() + b"".join(pcap_record(frame, START + n) for n in range(frames)))
    return str(path)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"]])
def test_without_a_capture(arguments: list[str]) -> None:
    assert [] == loaded(*arguments)


@pytest.mark.parametrize(("frames", "expected"), [(2000, []), (20_000, ["numpy"])])
def test_reading(tmp_path: Path, frames: int, expected: list[str]) -> None:
    """A small capture is read frame by frame: loading numpy would take longer."""
    path = capture(tmp_path / "a.pcap", frames)

    assert expected == loaded("read", "--format", "json", "--fail-on", "never", "-o", str(tmp_path / "o.json"), path)
