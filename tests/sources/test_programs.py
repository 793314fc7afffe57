"""Programs of the host: what they say goes into files of the owner's alone, and what goes wrong is told, never raised."""

import os
import stat
import time
from pathlib import Path

import pytest

from wiretruth.sources import programs
from wiretruth.sources.programs import LONGEST_ERROR, Recording, copy, environment, located, private, run


@pytest.fixture(autouse=True)
def no_tail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "TAIL", 0.0)


def test_output_and_complaint(tmp_path: Path) -> None:
    before = time.time_ns()
    ran = run(["sh", "-c", "echo words; echo trouble >&2; exit 3"], tmp_path / "out")

    assert (3, "trouble") == ran[:2]
    assert before <= ran.begun <= ran.ended <= time.time_ns()
    assert "words\n" == (tmp_path / "out").read_text()
    assert 0o600 == stat.S_IMODE((tmp_path / "out").stat().st_mode)


def test_program_that_is_not_there(tmp_path: Path) -> None:
    assert (None, "no-such-program-here is not installed") == run(["no-such-program-here"], tmp_path / "out")[:2]
    assert not (tmp_path / "out").exists()


def test_program_that_hangs_is_ended(tmp_path: Path) -> None:
    assert (None, "no end within 0.1 s") == run(["sleep", "60"], tmp_path / "out", 0.1)[:2]


def test_program_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ss").write_bytes(b"\x7fELF no")
    (tmp_path / "ss").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert (None, "Exec format error") == run(["ss"], tmp_path / "out")[:2]


def test_endless_complaint_is_cut_to_its_end(tmp_path: Path) -> None:
    ran = run(["sh", "-c", "yes | head -n 100000 >&2; echo last >&2"], tmp_path / "out")

    assert LONGEST_ERROR == len(ran.error)
    assert ran.error.endswith("last")


def test_programs_speak_english_and_leave_the_history_of_nstat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    told = environment(tmp_path)

    assert ("C", str(tmp_path / "nstat-history")) == (told["LC_ALL"], told["NSTAT_HISTORY"])
    assert os.environ["LC_ALL"] == "de_AT.UTF-8"


def test_program_outside_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's PATH has no /usr/sbin, and ``ip`` may be there alone."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(programs, "SEARCHED", (str(tmp_path),))
    (tmp_path / "ip").write_text("#!/bin/sh\n")
    (tmp_path / "ip").chmod(0o755)

    assert str(tmp_path / "ip") == located("ip")


def test_copy(tmp_path: Path) -> None:
    (tmp_path / "hosts").write_bytes(b"127.0.0.1 localhost\xff\n")

    assert (0, "") == copy(str(tmp_path / "hosts"), tmp_path / "out")[:2]
    assert b"127.0.0.1 localhost\xff\n" == (tmp_path / "out").read_bytes()
    assert (None, "No such file or directory") == copy(str(tmp_path / "none"), tmp_path / "other")[:2]
    assert not (tmp_path / "other").exists()


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    with pytest.raises(FileExistsError):
        private(tmp_path / "out")

    assert (None, "File exists") == run(["echo", "new"], tmp_path / "out")[:2]
    assert "old" == (tmp_path / "out").read_text()


def recording(tmp_path: Path, script: str) -> Recording:
    return Recording(["sh", "-c", script], tmp_path / "out", tmp_path / "said")


def test_recording_ends_when_told(tmp_path: Path) -> None:
    made = recording(tmp_path, "trap 'echo kept; exit 0' INT; echo listening on >&2; while :; do sleep 0.02; done")
    made.wait_until_listening()

    ended_before, ran = made.ended, made.stop()

    assert (False, True) == (ended_before, made.ended)
    assert (0, "listening on") == ran[:2]
    assert "kept\n" == (tmp_path / "out").read_text()


def test_recording_that_ends_by_itself(tmp_path: Path) -> None:
    made = recording(tmp_path, "echo no permission >&2; exit 1")
    made.wait_until_listening()

    assert made.ended
    assert (1, "no permission") == made.stop()[:2]


def test_recording_that_does_not_listen_to_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.2)
    made = recording(tmp_path, "trap '' INT; echo listening on >&2; exec sleep 60")
    made.wait_until_listening()

    assert -9 == made.stop().status


def test_recording_of_nothing(tmp_path: Path) -> None:
    made = Recording(["no-such-program-here"], tmp_path / "out", tmp_path / "said")
    made.wait_until_listening()

    assert made.ended
    assert (None, "no-such-program-here is not installed") == made.stop()[:2]
