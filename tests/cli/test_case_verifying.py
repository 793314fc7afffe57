"""A finding follows from the packets, or it is said where it does not."""

import json
from pathlib import Path

from tests.cli.cases import made
from wiretruth.cli._case_verifying import verified
from wiretruth.sources import case_folder


def test_a_difference_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    told = json.loads((folder / "finding.json").read_text())
    told["findings"][0]["confidence"] = "possible"
    (folder / "finding.json").write_text(json.dumps(told))
    came = verified(folder, case_folder.read(folder), None)

    assert not came.holds
    assert ("confidence: told 'possible', the packets give 'likely'",) == came.verdicts[0].differs


def test_a_finding_of_another_kind(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    told = json.loads((folder / "finding.json").read_text())
    told["findings"].append(told["findings"][0] | {"code": "null-mx", "id": "0"})
    (folder / "finding.json").write_text(json.dumps(told))

    assert [(), ("the packets give no such finding",)] == [
        one.differs for one in verified(folder, case_folder.read(folder), None).verdicts
    ]


def test_an_id_is_that_of_what_it_says(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    told = json.loads((folder / "finding.json").read_text())
    told["findings"][0]["id"] = "0" * 16
    (folder / "finding.json").write_text(json.dumps(told))

    assert ("its id is not that of what it says",) == verified(folder, case_folder.read(folder), None).verdicts[
        0
    ].differs
