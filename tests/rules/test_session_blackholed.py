"""Established, and then nothing is acknowledged any more."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, inbound, resent

CODE = "session-blackholed"
LONG = (0.2, 0.4, 0.8, 1.6, 3.2)


def test_commands_that_vanish_are_critical() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    first = session.says("DATA", acknowledged=False)
    frames = resent(session, True, *LONG)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "died in silence at DATA: 6 octets from 10.10.0.5 were sent 6 times in 6.2 s" in found.summary
    assert [first, *frames] == frames_of(found)


def test_replies_that_a_far_client_never_acknowledges() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.says("MAIL FROM:<a@elsewhere.example>")
    session.hears("250 Ok", acknowledged=False)
    resent(session, False, *LONG)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "192.0.2.99 never acknowledged them" in found.summary


def vanished_behind_quit(scene: Scene) -> None:
    session = inbound(scene).connect().greeted("mta.corp.example").envelope()
    session.message()
    session.says("QUIT")
    session.hears("221 Bye", acknowledged=False)
    resent(session, False, *LONG)


def vanished_idle(scene: Scene) -> None:
    session = inbound(scene).connect().greeted("mta.corp.example").envelope()
    session.message()
    scene.wait(300)
    session.hears("421 4.4.2 timeout", acknowledged=False)
    resent(session, False, *LONG)


def vanished_behind_rset(scene: Scene) -> None:
    session = inbound(scene).connect().greeted("mta.corp.example").envelope()
    session.says("RSET")
    session.hears("250 Ok", acknowledged=False)
    resent(session, False, *LONG)


def never_said_a_word(scene: Scene) -> None:
    session = inbound(scene).connect()
    session.hears("220 mta.corp.example ESMTP", acknowledged=False)
    resent(session, False, *LONG)


def capture_ends(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.says("DATA", acknowledged=False)
    resent(session, True, 0.2, 0.4)


@pytest.mark.parametrize(
    "scenery", [vanished_behind_quit, vanished_idle, vanished_behind_rset, never_said_a_word, capture_ends]
)
def test_only_info(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert "info" == finding(scene, CODE).severity
    assert [] == loud(scene)


def storm_that_ends_well(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    for _ in range(3):
        session.says("x" * 1400, acknowledged=False)
        resent(session, True, *LONG)
        session.acknowledge(from_client=False)
    session.asks(".", "250 Ok")
    session.quit()


def closed_window(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("x" * 1000, acknowledged=False)
    session.send(False, ACK, window=0)
    for wait in (1, 2, 4, 8):
        scene.wait(wait)
        session.send(True, ACK, b"y", seq=session.client.next)
        session.send(False, ACK, window=0)


def answered_by_reset(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    session.says("QUIT", acknowledged=False)
    resent(session, True, *LONG)
    session.send(False, RST)


def keep_alives(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    for _ in range(6):
        scene.wait(75)
        session.send(True, ACK, seq=session.client.next - 1)


def last_fin_unanswered(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    session.asks("QUIT", "221 Bye")
    session.send(True, 0x11)
    resent(session, True, *LONG)


def one_sided(scene: Scene) -> None:
    session = Session(scene)
    session.syn()
    session.send(False, 0x12, seen=False)
    session.acknowledge()
    session.says("EHLO mta.corp.example", acknowledged=False)
    resent(session, True, *LONG)


@pytest.mark.parametrize(
    "innocent",
    [storm_that_ends_well, closed_window, answered_by_reset, keep_alives, last_fin_unanswered, one_sided],
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
