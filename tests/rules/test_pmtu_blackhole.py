"""Size alone divides what arrives from what vanishes."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK
from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import MSS, Session, resent

CODE = "pmtu-blackhole"
LONG = (0.2, 0.4, 0.8, 1.6, 3.2)


def stuck(scene: Scene, size: int = MSS, *, heard: bool = True) -> tuple[Session, list[int]]:
    """The message begins with a segment that vanishes; its small successor is acknowledged selectively, or not at all."""
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    frames = [session.send(True, ACK, b"x" * size)]
    if heard:
        scene.wait(0.05)
        session.send(False, ACK, ack=session.client.next - size)
    frames += resent(session, True, *LONG)
    return session, frames


def test_full_size_lost_and_small_ones_through_is_critical() -> None:
    scene = Scene()
    _, frames = stuck(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "stands still at DATA: packets of 1500 octets from 10.10.0.5 vanish while packets up to" in found.summary
    assert set(frames) <= set(frames_of(found))
    assert [] == findings(scene, "session-blackholed")


def test_the_error_that_names_the_mtu_is_quoted() -> None:
    scene = Scene()
    session, _ = stuck(scene, heard=False)
    scene.icmp("203.0.113.1", session.last_packet, 3, 4, mtu=1400)

    found = finding(scene, CODE)

    assert "ICMP from 203.0.113.1: fragmentation needed (type 3, code 4), next-hop MTU 1400" in found.evidence[-1].text


def discovery_works(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    begin = session.client.next
    session.send(True, ACK, b"x" * MSS)
    scene.icmp("203.0.113.1", session.last_packet, 3, 4, mtu=1400)
    session.send(True, ACK, b"x" * 1360, seq=begin)
    session.send(False, ACK, ack=begin + 1360)
    session.send(True, ACK, b"x" * 100, seq=begin + 1360)
    session.acknowledge(from_client=False)
    session.asks("\r\n.", "250 Ok")
    session.quit()


def ordinary_loss(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.send(True, ACK, b"x" * MSS)
    resent(session, True, 0.2, 0.4)
    session.acknowledge(from_client=False)
    session.asks("\r\n.", "250 Ok")
    session.quit()


@pytest.mark.parametrize("innocent", [discovery_works, ordinary_loss])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_silent_where_small_ones_vanish_too() -> None:
    scene = Scene()
    stuck(scene, size=20)

    assert [] == findings(scene, CODE)


def test_silent_where_the_other_side_is_not_heard_any_more() -> None:
    """It may as well have died: session-blackholed says so."""
    scene = Scene()
    stuck(scene, heard=False)

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "session-blackholed"))
