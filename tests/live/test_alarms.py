"""Alarms: given to a command or posted, never waited for, never too many."""

import http.server
import sys
import threading
from pathlib import Path

import pytest

from wiretruth.errors import WiretruthError
from wiretruth.live import alarms
from wiretruth.live.alarms import Alarms


def test_a_command_gets_it_on_its_standard_input(tmp_path: Path) -> None:
    giving = Alarms(f"cat >> {tmp_path}/got", sys.executable)
    giving.give(b'{"code": "smtp-deferred"}')
    giving.close()

    assert b'{"code": "smtp-deferred"}\n' == (tmp_path / "got").read_bytes()
    assert 0 == giving.failed


def test_a_url_is_posted_to() -> None:
    posted: list[bytes] = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        giving = Alarms(f"http://127.0.0.1:{server.server_port}/hook", sys.executable)
        giving.give(b"{}")
        giving.close()
        thread.join()

    assert ([b"{}\n"], 0) == (posted, giving.failed)


def test_a_failure_is_told() -> None:
    giving = Alarms("echo nobody home >&2; exit 3", sys.executable)
    giving.give(b"{}")
    giving.close()

    assert (1, "nobody home") == (giving.failed, giving.problem)


def test_there_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "MAX_ALARMS", 2)
    giving = Alarms("true", sys.executable)
    for _ in range(5):
        giving.give(b"{}")
    giving.close()

    assert 3 == giving.left_out


def test_one_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "PATIENCE", 0.05)
    giving = Alarms("exec sleep 60", sys.executable)
    giving.give(b"{}")
    giving.close(5)

    assert 1 == giving.failed


def test_an_url_without_a_host_is_refused() -> None:
    with pytest.raises(WiretruthError, match="names no host"):
        Alarms("http:///x", sys.executable)
