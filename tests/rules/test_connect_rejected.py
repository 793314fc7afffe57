"""ICMP errors that quote the SYN: who refuses, with which words, and when it was asked for."""

from collections.abc import Callable

import pytest

from tests.rules.scene import GATEWAY, MX1, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, inbound

CODE = "connect-rejected"


def test_the_hop_and_its_reason_are_named() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    scene.icmp(GATEWAY, session.last_packet, 3, 13)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "10.10.0.1 rejected the connection of 10.10.0.5 to mail1.example.net [198.51.100.10]:25: "
        "communication administratively prohibited (type 3, code 13)"
    )
    assert [5, 6] == frames_of(found)
    assert str(found.blame.side) == "path"


@pytest.mark.parametrize(
    ("sender", "kind", "code", "said", "side"),
    [
        (MX1, 3, 3, "rejected", "recipient"),
        ("203.0.113.1", 3, 1, "rejected", "path"),
        ("203.0.113.1", 11, 0, "did not pass on", "path"),
    ],
)
def test_words_and_blame_fit_the_error(sender: str, kind: int, code: int, said: str, side: str) -> None:
    scene = Scene()
    session = Session(scene)
    session.syn()
    scene.icmp(sender, session.last_packet, kind, code)

    found = finding(scene, CODE)

    assert found.summary.startswith(f"{sender} {said} the connection")
    assert side == str(found.blame.side)


def test_ipv6_speaks_its_own_codes() -> None:
    scene = Scene()
    session = Session(scene, "2001:db8::25", client_address="2001:db8::5")
    session.syn()
    scene.icmp("2001:db8::1", session.last_packet, 1, 1)

    assert "communication administratively prohibited (type 1, code 1)" in finding(scene, CODE).summary


def soft_error(scene: Scene) -> None:
    """RFC 5461: a host may go on after "host unreachable", and succeed."""
    scene.example_net()
    session = Session(scene)
    session.syn()
    scene.icmp(GATEWAY, session.last_packet, 3, 1)
    session.again(True, after=1)
    session.syn_ack()
    session.acknowledge()
    session.greeted().envelope().message()
    session.quit()


def traceroute(scene: Scene) -> None:
    """An administrator's tcptraceroute to port 25."""
    for hops in range(1, 8):
        session = Session(scene, client_ttl=hops)
        session.syn()
        scene.icmp(f"203.0.113.{hops}", session.last_packet, 11, 0)


def during_a_session(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene).connect().greeted()
    scene.icmp("203.0.113.1", session.last_packet, 3, 1)
    session.envelope().message()
    session.quit()


def scan(scene: Scene) -> None:
    for number in range(1, 12):
        session = inbound(scene, server=f"198.51.100.{number}")
        session.syn()
        scene.icmp("203.0.113.1", session.last_packet, 3, 1)


@pytest.mark.parametrize("innocent", [soft_error, traceroute, during_a_session, scan])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_a_real_attempt_behind_a_traceroute_is_told() -> None:
    scene = Scene()
    traceroute(scene)
    session = Session(scene)
    session.syn()
    scene.icmp("203.0.113.1", session.last_packet, 11, 0)

    assert 1 == len(findings(scene, CODE))
