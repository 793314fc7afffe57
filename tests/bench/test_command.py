"""The command: what it says, and how it ends."""

import sys
from pathlib import Path

import pytest

from bench import command
from bench.sitting import Sitting


def test_told(sitting: Sitting) -> None:
    text = command.told(sitting)

    assert text.startswith("gateway: 3,000,000 packets, 2,000 MB\nreader ")
    assert "\ngrowth\npackets " in text
    assert "\ntargets\nworkload " in text


def test_writes_the_page(sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "performance.md"
    monkeypatch.setattr(command, "measured", lambda _, tell: tell("working") or sitting)
    monkeypatch.setattr(sys, "argv", ["bench", "--page", str(path)])

    assert 0 == command.main()
    assert path.read_text(encoding="utf-8").startswith("# Performance\n")


@pytest.mark.parametrize(("error", "status"), [(OSError("no room"), 2), (KeyboardInterrupt(), 130)])
def test_ends_in_order(error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Sitting:
        raise error

    monkeypatch.setattr(command, "measured", fails)
    monkeypatch.setattr(sys, "argv", ["bench"])

    assert status == command.main()
