"""The other witnesses of a watch."""

from pathlib import Path

import pytest

from wiretruth.cli._listening import Listening, Named
from wiretruth.errors import InputError

NOTES: list[str] = []


def test_logs_rules_and_sockets_are_heard(tmp_path: Path) -> None:
    log, rules = tmp_path / "mail.log", tmp_path / "rules"
    log.write_bytes(b"old\n")
    rules.write_bytes(b"*nat\nCOMMIT\n")
    notes: list[str] = []
    listening = Listening(Named((str(log),), (str(rules),), sockets=True), notes.append)
    with log.open("ab") as out:
        out.write(b"new\n")
    rules.write_bytes(b"*filter\nCOMMIT\n# changed\n")

    assert listening.look(1) >= 2
    said = {(lines.kind, lines.before): lines.lines for lines in listening.lines()}
    listening.close()
    assert (b"new",) == said["log", 1]
    assert b"*filter" in said["rules", 0]
    assert [f"{rules} was read anew"] == notes


def test_folders_of_files_stay_readable(tmp_path: Path) -> None:
    assert [tmp_path] == Named((str(tmp_path / "mail.log"),)).folders()


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Listening(Named((str(tmp_path / "none"),)), NOTES.append)
