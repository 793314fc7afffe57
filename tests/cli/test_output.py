"""Reports appear whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wiretruth.cli._output import write
from wiretruth.errors import WiretruthError


def failing() -> Iterator[str]:
    yield "half a report"
    raise RuntimeError


def test_a_file(tmp_path: Path) -> None:
    write(["caf", "é\n"], str(tmp_path / "report.json"))

    assert "café\n".encode() == (tmp_path / "report.json").read_bytes()
    assert ["report.json"] == [path.name for path in tmp_path.iterdir()]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("yesterday's")

    with pytest.raises(RuntimeError):
        write(failing(), str(target))

    assert "yesterday's" == target.read_text()
    assert ["report.json"] == [path.name for path in tmp_path.iterdir()]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").touch()
    (tmp_path / "link.json").symlink_to("real.json")

    write(["new"], str(tmp_path / "link.json"))

    assert (tmp_path / "link.json").is_symlink()
    assert "new" == (tmp_path / "real.json").read_text()


def test_a_device_is_written_to_and_never_replaced() -> None:
    before = Path(os.devnull).stat()
    write(["nothing"], os.devnull)

    assert before.st_mode == Path(os.devnull).stat().st_mode


def test_nowhere(tmp_path: Path) -> None:
    with pytest.raises(WiretruthError, match="cannot be written: No such file or directory"):
        write(["x"], str(tmp_path / "missing" / "report.json"))


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(WiretruthError, match="cannot be written: Is a directory"):
        write(["x"], str(tmp_path))


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write(["a", "b\n"], "-")

    assert "ab\n" == capsys.readouterr().out
