"""``wiretruth verify``: yes to what follows, no to everything else."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.cases import made, run


def swapped(folder: Path, name: str, old: bytes, new: bytes, *, honest: bool) -> None:
    """Tamper with a file; *honest*: the manifest is made to fit."""
    octets = (folder / name).read_bytes()
    assert old in octets
    before, changed = hashlib.sha256(octets).hexdigest(), octets.replace(old, new)
    (folder / name).write_bytes(changed)
    if honest:
        manifest = (folder / "manifest.json").read_text()
        (folder / "manifest.json").write_text(manifest.replace(before, hashlib.sha256(changed).hexdigest()))


def test_yes(tmp_path: Path) -> None:
    done = run("verify", str(made(tmp_path / "c")))

    assert 0 == done.exit_code
    assert "\nYES: 1 of 1 findings follow from the packets\n" in done.output


def test_a_slice_cannot_prove_absence(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    done = run("verify", str(folder))
    (part,) = json.loads((folder / "manifest.json").read_text())["slices"]

    assert "a slice cannot show that nothing went to the address that was meant" in done.output
    assert part["sources"][0]["sha256"] in done.output


@pytest.mark.parametrize("honest", [True, False])
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("finding.json", b"192.0.2.66", b"192.0.2.99"),
        ("finding.json", b"critical", b"warning"),
        ("mta-eth0.pcapng", bytes([192, 0, 2, 66]), bytes([192, 0, 2, 99])),
        ("mta-eth0.pcapng", bytes([198, 51, 100, 10]), bytes([192, 0, 2, 66])),
    ],
)
def test_tampering_is_told(tmp_path: Path, name: str, old: bytes, new: bytes, *, honest: bool) -> None:
    """Even where the manifest was made to fit, the finding does not follow any more."""
    folder = made(tmp_path / "c")
    swapped(folder, name, old, new, honest=honest)
    done = run("verify", str(folder))

    assert 1 == done.exit_code
    assert "\nNO: 0 of 1 findings follow" in done.output
    assert ("CHANGED: " in done.output) is not honest


@pytest.mark.parametrize("name", ["report.html", "manifest.json", "finding.json", "mta-eth0.pcapng"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path / "c")
    (folder / name).unlink()

    assert run("verify", str(folder)).exit_code == (1 if name == "report.html" else 2)


def test_a_finding_that_was_taken_out(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    (folder / "finding.json").write_text('{"findings": []}')
    done = run("verify", str(folder))

    assert 1 == done.exit_code
    assert "lacks finding" in done.output


@pytest.mark.parametrize("text", ["[]", "{}", '{"findings": [1]}', '{"findings": [{}]}', "nothing"])
def test_what_is_no_list_of_findings(tmp_path: Path, text: str) -> None:
    folder = made(tmp_path / "c")
    (folder / "finding.json").write_text(text)
    done = run("verify", str(folder))

    assert 2 == done.exit_code
    assert 1 == done.stderr.count("\n")


def test_another_version_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    swapped(folder, "manifest.json", b'"version": "', b'"version": "9', honest=False)

    assert "made by wiretruth 9" in run("verify", str(folder)).output


def test_no_case(tmp_path: Path) -> None:
    assert 2 == run("verify", str(tmp_path)).exit_code
