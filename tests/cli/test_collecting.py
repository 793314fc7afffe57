"""The order of collecting: capture, tables, time, tables, end; whatever goes wrong, the manifest is there."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from wiretruth.cli import _collecting
from wiretruth.cli._collecting import Wanted, collect
from wiretruth.errors import WiretruthError
from wiretruth.sources import host_state, host_table, programs
from wiretruth.sources.host_table import Item
from wiretruth.sources.programs import Ran, Recording

PIECES = (
    Item("a.txt", ("echo", "a")),
    Item("b.txt", ("no-such-program-here",)),
    Item("c.txt", ("echo", "c"), needs=("nothing of this kind",)),
    Item("etc-d", path="/nowhere/d"),
)


@pytest.fixture(autouse=True)
def small_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_table, "items", lambda _interfaces: iter(PIECES))
    monkeypatch.setattr(host_state, "parts", frozenset)
    monkeypatch.setattr(programs, "TAIL", 0.0)


def tcpdump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of that name before the real one."""
    program = tmp_path / "bin/tcpdump"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def wanted(tmp_path: Path, capture: bool = False, duration: float = 0, most: int = 1 << 20) -> Wanted:
    return Wanted(tmp_path / "new", capture, duration, "any", "", most)


def told(tmp_path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((tmp_path / "new/manifest.json").read_text())
    return manifest


def test_what_is_missing_is_noted_and_not_fatal(tmp_path: Path) -> None:
    collect(wanted(tmp_path), Event(), print)
    entries = told(tmp_path)["entries"]

    assert [("after/a.txt", 0), ("", None), ("", None), ("", None)] == [(e["file"], e["status"]) for e in entries]
    assert "a\n" == (tmp_path / "new/after/a.txt").read_text()
    assert "no-such-program-here is not installed" == entries[1]["error"]
    assert "asking might load a kernel module, and there is no sign of nothing of this kind" in entries[2]["error"]
    assert "No such file or directory" == entries[3]["error"]


def test_nothing_at_all_is_a_failure_that_keeps_its_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_table, "items", lambda _interfaces: iter(PIECES[1:]))
    with pytest.raises(WiretruthError, match=r"nothing could be gathered here; its manifest\.json says why"):
        collect(wanted(tmp_path), Event(), print)

    assert 3 == len(told(tmp_path)["entries"])


def test_tables_are_read_on_both_sides_of_the_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tcpdump(
        tmp_path, monkeypatch, "trap 'echo end; exit 0' INT\necho 'listening on x' >&2\nwhile :; do sleep 0.02; done"
    )
    said: list[str] = []
    collect(wanted(tmp_path, capture=True, duration=0.3), Event(), said.append)
    entries = {e["file"]: e for e in told(tmp_path)["entries"] if e["status"] == 0}
    capture = entries["capture.pcap"]

    assert ["before/a.txt", "after/a.txt", "capture.pcap"] == list(entries)
    assert capture["begun"] < entries["before/a.txt"]["begun"]
    assert entries["after/a.txt"]["ended"] < capture["ended"]
    assert "end\n" == (tmp_path / "new/capture.pcap").read_text()
    assert said[0].startswith("capturing on any for 0.3 s")


def test_capture_that_fails_does_not_keep_anybody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tcpdump(tmp_path, monkeypatch, "echo 'no permission' >&2; exit 1")
    collect(wanted(tmp_path, capture=True, duration=3600), Event(), print)

    assert ("", 1, "no permission") == tuple(told(tmp_path)["entries"][-1][key] for key in ("file", "status", "error"))


def test_stop_ends_the_capture_and_keeps_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tcpdump(tmp_path, monkeypatch, "trap 'exit 0' INT\necho 'listening on x' >&2\nwhile :; do sleep 0.02; done")
    stop = Event()
    stop.set()
    collect(wanted(tmp_path, capture=True, duration=3600), stop, print)

    assert told(tmp_path)["ended_early"]
    assert ["before/a.txt", "after/a.txt", "capture.pcap"] == [
        e["file"] for e in told(tmp_path)["entries"] if e["file"]
    ]


def test_a_capture_that_grows_too_large_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tcpdump(
        tmp_path, monkeypatch, "trap 'exit 0' INT\necho 'listening on x' >&2\necho octets\nwhile :; do sleep 0.02; done"
    )
    said: list[str] = []
    collect(wanted(tmp_path, capture=True, duration=3600, most=7), Event(), said.append)

    assert "the capture has reached 7 octets and was ended (--max-size)" == said[-1]
    assert 7 == told(tmp_path)["most_octets"]
    assert "after/a.txt" in [e["file"] for e in told(tmp_path)["entries"]]


def test_breaking_off_ends_tcpdump_and_leaves_a_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[Recording] = []

    class Spied(Recording):
        def stop(self) -> Ran:
            stopped.append(self)
            return super().stop()

    def break_off(_until: float, _recording: Recording, _stop: Event, _wanted: Wanted) -> None:
        raise KeyboardInterrupt

    tcpdump(tmp_path, monkeypatch, "trap 'exit 0' INT\necho 'listening on x' >&2\nwhile :; do sleep 0.02; done")
    monkeypatch.setattr(_collecting, "Recording", Spied)
    monkeypatch.setattr(_collecting, "_wait", break_off)
    with pytest.raises(KeyboardInterrupt):
        collect(wanted(tmp_path, capture=True), Event(), print)

    assert [True] == [one.ended for one in stopped]
    assert ["before/a.txt"] == files(told(tmp_path)["entries"])


def files(entries: Sequence[dict[str, Any]]) -> list[str]:
    return [entry["file"] for entry in entries if entry["file"]]
