"""The door for Prometheus: real HTTP, and callers who do not behave."""

import contextlib
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from wiretruth.errors import WiretruthError
from wiretruth.live import metrics_door
from wiretruth.live.metrics_door import MetricsDoor, parsed


@pytest.fixture
def door() -> Iterator[MetricsDoor]:
    opened = MetricsDoor("0", lambda: "up 1\n" * 50_000, "text/plain")
    yield opened
    opened.close()


def fetch(door: MetricsDoor, path: str) -> tuple[int, int]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{door.port}{path}", timeout=10) as answer:
            return answer.status, len(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, 0


def served(door: MetricsDoor, path: str) -> tuple[int, int]:
    with ThreadPoolExecutor(1) as pool:
        asked: Future[tuple[int, int]] = pool.submit(fetch, door, path)
        while not asked.done():
            door.serve()
        return asked.result()


def test_the_page_is_given(door: MetricsDoor) -> None:
    assert (200, 250_000) == served(door, "/metrics")


def test_other_pages_are_not_there(door: MetricsDoor) -> None:
    assert (404, 0) == served(door, "/etc/passwd")


def test_who_says_nothing_is_let_go(door: MetricsDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_door, "PATIENCE", 0.0)
    with socket.create_connection(("127.0.0.1", door.port)) as silent:
        door.serve()
        assert b"" == silent.recv(10)


def test_who_says_too_much_is_let_go(door: MetricsDoor) -> None:
    with socket.create_connection(("127.0.0.1", door.port)) as loud:
        loud.sendall(b"GET /metrics" + b"x" * 9000)
        for _ in range(50):
            door.serve()
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            answer = loud.recv(10)
        assert b"" == answer


@pytest.mark.parametrize(
    ("where", "expected"),
    [("9925", ("127.0.0.1", 9925)), ("0.0.0.0:9925", ("0.0.0.0", 9925)), ("[::1]:9925", ("::1", 9925))],  # noqa: S104 - only read
)
def test_places_are_read(where: str, expected: tuple[str, int]) -> None:
    assert expected == parsed(where)


@pytest.mark.parametrize("where", ["", "localhost:", "127.0.0.1:http", "127.0.0.1:70000"])
def test_other_places_are_refused(where: str) -> None:
    with pytest.raises(WiretruthError, match="write ADDRESS:PORT"):
        parsed(where)


def test_a_place_that_is_taken_is_told(door: MetricsDoor) -> None:
    with pytest.raises(WiretruthError, match="nobody can listen there"):
        MetricsDoor(str(door.port), str, "")
