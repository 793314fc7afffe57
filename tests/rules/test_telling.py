"""Words that the rules share."""

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import Scene, finding
from tests.rules.session import Session
from wiretruth.model.packet import Endpoint
from wiretruth.rules._telling import place, times


@pytest.mark.parametrize(("count", "expected"), [(1, "once"), (2, "twice"), (7, "7 times")])
def test_times(count: int, expected: str) -> None:
    assert expected == times(count)


@pytest.mark.parametrize(
    ("endpoint", "name", "expected"),
    [
        (Endpoint("192.0.2.1", 25), "mail.example.net", "mail.example.net [192.0.2.1]:25"),
        (Endpoint("192.0.2.1", 25), None, "192.0.2.1:25"),
        (Endpoint("2001:db8::1", 25), None, "[2001:db8::1]:25"),
    ],
)
def test_place(endpoint: Endpoint, name: str | None, expected: str) -> None:
    assert expected == place(endpoint, name)


@pytest.mark.parametrize(("attempts", "expected"), [(1, "of 10.10.0.5"), (3, "of 10.10.0.5 (3 attempts)")])
def test_attempts_are_counted_from_the_second_on(attempts: int, expected: str) -> None:
    scene = Scene()
    for _ in range(attempts):
        session = Session(scene)
        session.syn()
        session.send(False, RST | ACK, seq=0)

    assert finding(scene, "connect-refused").summary.endswith(expected)


def test_a_host_goes_by_the_name_told_last() -> None:
    scene = Scene()
    scene.told("old.example.net", "A", "198.51.100.10")
    scene.told("new.example.net", "A", "198.51.100.10")
    session = Session(scene)
    session.syn()
    session.send(False, RST | ACK, seq=0)

    assert finding(scene, "connect-refused").summary.startswith("new.example.net [198.51.100.10]:25")
