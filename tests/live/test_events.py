"""Events of connection tracking: those of mail and DNS, from a program that may end."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from wiretruth.errors import WiretruthError
from wiretruth.live import events
from wiretruth.live.events import Events

MAIL = "[1795199383.1]\t[NEW] tcp 6 120 SYN_SENT src=10.10.0.5 dst=198.51.100.10 sport=40001 dport=25"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called conntrack that tells two connections."""
    path = tmp_path / "conntrack"
    path.write_text(
        f"#!/bin/sh\nexport PATH=/usr/bin:/bin\nprintf '%s\\n' '{MAIL}' '{MAIL.replace('dport=25', 'dport=443')}'\nsleep 0.1\necho no >&2\n"
    )
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(events, "_SEARCHED", "")
    return path


def heard(listening: Events) -> None:
    deadline = time.monotonic() + 10
    while not listening.ended and time.monotonic() < deadline:
        listening.look()
        time.sleep(0.02)


def test_what_concerns_mail_is_remembered(program: Path) -> None:
    del program
    listening = Events()
    heard(listening)
    listening.close()

    assert (MAIL.encode(),) == listening.lines()
    assert "no" == listening.ended


def test_events_are_bounded(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del program
    monkeypatch.setattr(events, "MAX_EVENTS", 0)
    listening = Events()
    heard(listening)
    listening.close()

    assert ((), 1) == (listening.lines(), listening.forgotten)


def test_without_the_program_one_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(events, "_SEARCHED", "")
    with pytest.raises(WiretruthError, match="apt-get install conntrack"):
        Events()


def test_it_ends_when_we_do(program: Path, tmp_path: Path) -> None:
    """Even when nobody tells it: the watch was killed, or has no right any more to end what root began."""
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    watching = (
        "import os, time\nfrom wiretruth.live.events import Events\nlistening = Events()\n"
        f"while not os.path.exists('{tmp_path}/pid'): time.sleep(0.01)\nos._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", watching], check=True)
    pid = int((tmp_path / "pid").read_text() or "0")
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not Path(f"/proc/{pid}").exists()
