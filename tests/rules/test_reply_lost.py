"""The answer is on record, and the client behaves as if it never came."""

from collections.abc import Callable

import pytest

from tests.rules.packets import RST
from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, inbound, resent

CODE = "reply-lost"


def ignored(scene: Scene, *waits: float) -> Session:
    session = Session(scene)
    session.syn()
    session.syn_ack()
    for wait in waits:
        session.again(True, after=wait)
        session.again(False)
    return session


def test_syns_behind_the_answer_are_critical() -> None:
    scene = Scene()
    scene.example_net()
    ignored(scene, 1, 2, 4)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "the client behaves as if the SYN-ACK never came: it sent its SYN 4 times" in found.summary
    assert [6, 8, 10, 12, 7, 9, 11] == frames_of(found)
    assert str(found.blame.side) == "sender"


def test_one_syn_behind_the_answer_may_be_one_lost_packet() -> None:
    scene = Scene()
    scene.example_net()
    ignored(scene, 1)

    assert grade(finding(scene, CODE)) == ("info", "possible")


@pytest.mark.parametrize(("quit_first", "severity"), [(False, "critical"), (True, "info")])
def test_data_that_a_near_client_ignores(quit_first: bool, severity: str) -> None:
    """Behind QUIT nothing is lost by it."""
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.says("QUIT" if quit_first else "MAIL FROM:<alice@corp.example>")
    session.hears("221 Bye" if quit_first else "250 Ok", acknowledged=False)
    resent(session, False, 1, 2, 4)

    found = finding(scene, CODE)

    assert (severity, "likely") == grade(found)
    assert "the server's reply passed this vantage 4 times" in found.summary


def lost_once(scene: Scene) -> None:
    scene.example_net()
    session = ignored(scene, 1)
    session.acknowledge()
    session.greeted().envelope().message()
    session.quit()


def client_resets(scene: Scene) -> None:
    session = Session(scene)
    session.syn()
    session.syn_ack()
    session.send(True, RST)


def flood(scene: Scene) -> None:
    sessions = [inbound(scene, client=f"203.0.113.{n}") for n in range(1, 60)]
    for session in sessions:
        session.syn()
        session.syn_ack()
    for wait in (1, 2, 4):
        scene.wait(wait)
        for session in sessions:
            session.again(False)


def last_acknowledgement_unseen(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene)
    session.syn()
    session.syn_ack()
    session.greeted().envelope().message()
    session.quit()


@pytest.mark.parametrize("innocent", [lost_once, client_resets, flood, last_acknowledgement_unseen])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
