"""What is installed is found, what is not is not."""

import sys
from pathlib import Path

import pytest

from bench import installed
from wiretruth import __version__


def test_module() -> None:
    assert __version__ == installed.module("wiretruth")
    assert installed.module("no-such-distribution") is None


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("tool version 4.99.3 (with x 1.2)", "4.99.3"),
        ("TShark (Wireshark) 4.0.17 (Git v4.0.17).", "4.0.17"),
        ("Version: 6.6.7.", "6.6.7"),
        ("nothing to see", ""),
    ],
)
def test_program(said: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "some-reader"
    program.write_text(f"#!{sys.executable}\nprint({said!r})\n")
    program.chmod(0o755)
    monkeypatch.setattr(installed, "_SEARCHED", str(tmp_path))

    assert version == installed.program("some-reader")
    assert installed.program("no-such-reader") is None
