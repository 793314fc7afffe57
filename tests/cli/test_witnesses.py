"""--conntrack, --rules, --sockets: read before the captures, and refused where they are something else."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli import captures
from wiretruth.cli import _witnesses
from wiretruth.cli.main import main
from wiretruth.errors import InputError

RULES = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\nnonsense\nCOMMIT\n"
NAMES = ("conntrack", "rules", "sockets")


@pytest.fixture
def capture(tmp_path: Path) -> str:
    return captures.write(tmp_path / "mail.pcap")


def read(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *arguments], input=stdin)


def written(tmp_path: Path, octets: bytes) -> str:
    path = tmp_path / "witness.txt"
    path.write_bytes(octets)
    return str(path)


@pytest.mark.parametrize("packed", [False, True])
def test_file_is_an_input_of_the_report(capture: str, tmp_path: Path, packed: bool) -> None:
    octets = gzip.compress(RULES.encode()) if packed else RULES.encode()
    path = written(tmp_path, octets)
    report = json.loads(read(capture, "--rules", path, "--format", "json").stdout)

    assert [("capture", capture), ("rules", path)] == [(i["kind"], i["path"]) for i in report["inputs"]]
    assert f"1 of 5 lines of {path} were not understood" in report["coverage"]["limits"]


def test_standard_input(capture: str) -> None:
    report = json.loads(read(capture, "--rules", "-", "--format", "json", stdin=RULES.encode()).stdout)

    assert "-" == report["inputs"][1]["path"]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("octets", [b"", b"hello\n", b"\x00\xff" * 1000])
def test_file_of_something_else_is_refused_and_the_formats_are_named(
    capture: str, tmp_path: Path, kind: str, octets: bytes
) -> None:
    done = read(capture, f"--{kind}", written(tmp_path, octets))

    assert 2 == done.exit_code
    assert f"--{kind}; known are" in done.stderr


def test_standard_input_is_read_once_only(capture: str) -> None:
    with pytest.raises(InputError, match="twice"):
        _witnesses.read_all({"rules": ["-"], "conntrack": ["-"]}, [capture])
    with pytest.raises(InputError, match="twice"):
        _witnesses.read_all({"rules": ["-"]}, ["-"])


def test_report_never_takes_the_place_of_a_witness(capture: str, tmp_path: Path) -> None:
    path = written(tmp_path, RULES.encode())
    done = read(capture, "--rules", path, "--output", path)

    assert (2, RULES) == (done.exit_code, Path(path).read_text(encoding="utf-8"))
