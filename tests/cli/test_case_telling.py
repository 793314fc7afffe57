"""What is said of a case."""

from pathlib import Path

from tests.cli.cases import made
from tests.evidence.test_claims import FINDING
from wiretruth.cli import _case_telling
from wiretruth.cli._case_making import Made
from wiretruth.cli._case_verifying import Verdict, Verified
from wiretruth.evidence.claims import shape
from wiretruth.sources import case_folder


def test_a_case_that_was_made(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    manifest = case_folder.read(folder)
    told = list(_case_telling.made(folder, Made(manifest, (FINDING,), (FINDING,))))

    assert f"{folder}/mta-eth0.pcapng: 23 of 26 packets" == told[0]
    assert f"the other side runs: wiretruth verify {folder}" == told[-1]
    assert any(line.startswith("not in the case: reset-injected") for line in told)
    assert shape(FINDING)


def test_hostile_words_are_harmless(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    came = Verified(("\x1b[31m",), (Verdict(None, "\x1b[31m", ("\x07",)),), "\x1b")
    told = list(_case_telling.verified(folder, case_folder.read(folder), came))

    assert all(line.isprintable() for line in told)
    assert told[0].startswith("no ")
    assert told[-1].startswith("NO: 0 of 1")
