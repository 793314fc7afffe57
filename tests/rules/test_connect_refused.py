"""A reset answered the SYN: who sent it, by its TTL, and when it is nobody's mail."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import MX2, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import FAR, Session, inbound

CODE = "connect-refused"


def refused(scene: Scene, ttl: int = FAR) -> Session:
    session = Session(scene)
    session.syn()
    session.send(False, RST | ACK, seq=0, ttl=ttl)
    return session


def test_a_closed_port_is_a_warning() -> None:
    scene = Scene()
    scene.example_net()
    refused(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == "mail1.example.net [198.51.100.10]:25 refused the connection of 10.10.0.5"
    assert [5, 6] == frames_of(found)
    assert str(found.blame.side) == "recipient"


def test_another_ttl_points_at_a_firewall() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()
    refused(scene, ttl=64)

    found = finding(scene, CODE)

    assert str(found.blame.side) == "unknown"
    assert "the TTL differs from the host's own" in found.still_possible[0]
    assert "other packets of this address came with TTL 57" in found.evidence[-1].text


def test_refused_inbound_mail_is_a_warning_too() -> None:
    scene = Scene()
    session = inbound(scene)
    session.syn()
    session.send(False, RST | ACK, seq=0)

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def scan(scene: Scene) -> None:
    for number in range(1, 20):
        session = inbound(scene, server=f"198.51.100.{number}")
        session.syn()
        session.send(False, RST | ACK, seq=0)


def half_open_scan(scene: Scene) -> None:
    session = inbound(scene)
    session.syn()
    session.syn_ack()
    session.send(True, RST)


def fallback_works(scene: Scene) -> None:
    scene.example_net(MX2)
    Session(scene, MX2).delivers()


def web(scene: Scene) -> None:
    session = Session(scene, server_port=443)
    session.syn()
    session.send(False, RST | ACK, seq=0)


@pytest.mark.parametrize("innocent", [scan, half_open_scan, fallback_works, web])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
