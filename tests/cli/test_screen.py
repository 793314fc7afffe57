"""The screen on a real terminal, in a network namespace. Needs root."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.lab.judge import command
from tests.lab.requirements import missing
from tests.lab.shell import run

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]


@pytest.fixture
def namespace() -> Iterator[str]:
    name = f"wt{os.getpid()}screen"
    run("ip", "netns", "add", name)
    run("ip", "-n", name, "link", "set", "lo", "up")
    yield name
    run("ip", "netns", "del", name)


def heard_until(terminal: int, words: str, seconds: float = 20) -> str:
    heard, deadline = "", time.monotonic() + seconds
    while words not in heard and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                heard += os.read(terminal, 65536).decode(errors="replace")
            except OSError:  # the other end is closed
                return heard
    return heard


def test_keys_pause_and_end_it(namespace: str) -> None:
    ours, theirs = pty.openpty()
    words = ["ip", "netns", "exec", namespace, *command(), "watch", "-i", "lo", "--duration", "60"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    begun = time.monotonic()
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as watching:
        os.close(theirs)
        assert "nothing so far" in heard_until(ours, "nothing so far")
        os.write(ours, b"p")
        assert "PAUSED" in heard_until(ours, "PAUSED")
        os.write(ours, b"q")
        ended = heard_until(ours, "NOTHING FOUND")
        assert 0 == watching.wait(20)
    os.close(ours)

    assert time.monotonic() - begun < 50
    assert "live" in ended or "packets" in ended
