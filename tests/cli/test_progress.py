"""The bar appears for a person who waits, and for nobody else."""

import sys

import pytest

from wiretruth.cli import _progress
from wiretruth.cli._progress import Progress


def used(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, wanted: bool, patience: float) -> str:
    monkeypatch.setattr(_progress, "PATIENCE", patience)
    monkeypatch.setattr(_progress, "PAUSE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with Progress(wanted=wanted) as progress:
        progress.begin("mta-[b]eth0[/b]", 1000)
        progress.at(500)
        progress.begin("stdin", None)
        progress.at(2000)
    return capsys.readouterr().err


def test_nobody_waits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert not used(monkeypatch, capsys, wanted=True, patience=60.0)


def test_nobody_looks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert not used(monkeypatch, capsys, wanted=False, patience=0.0)


def test_somebody_waits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert "stdin" in used(monkeypatch, capsys, wanted=True, patience=0.0)
