"""Sent to its last dot, and no word."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, FIN
from tests.rules.scene import MX1, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "message-unconfirmed"


def dotted(scene: Scene) -> tuple[Session, int]:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    return session, session.says("hello", ".")


def test_closed_without_a_verdict_is_a_warning() -> None:
    scene = Scene()
    session, dot = dotted(scene)
    scene.wait(300)
    session.close(server_first=False)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "for bob@example.net was sent to mail1.example.net [198.51.100.10]:25 to its last dot" in found.summary
    assert "the connection ended 5 min 0 s later without a reply" in found.summary
    assert dot == frames_of(found)[0]
    assert found.blame.mail_safe is None


def test_bdat_ends_a_message_too() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted().envelope()
    session.says("BDAT 7 LAST", "hello")
    session.close()

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def reply_lost_to_the_capture(scene: Scene) -> None:
    session, _ = dotted(scene)
    session.hears("250 Ok", seen=False)
    session.quit()


def garbled_reply(scene: Scene) -> None:
    session, _ = dotted(scene)
    session.hears("4.7.0 try later")
    session.close(server_first=False)


def days_later(scene: Scene) -> None:
    dotted(scene)
    scene.wait(100_000)
    scene.told("example.org", "A", MX1)


@pytest.mark.parametrize("scenery", [reply_lost_to_the_capture, garbled_reply, days_later])
def test_only_possible(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert grade(finding(scene, CODE)) == ("info", "possible")
    assert [] == loud(scene)


def confirmed(scene: Scene) -> None:
    session, _ = dotted(scene)
    session.hears("250 Ok")
    session.quit()


def confirmed_after_half_close(scene: Scene) -> None:
    session, _ = dotted(scene)
    session.send(True, FIN | ACK)
    session.acknowledge(from_client=False)
    scene.wait(1)
    session.hears("250 Ok")
    session.send(False, FIN | ACK)
    session.acknowledge()


def quit_in_one_breath(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello", ".", "QUIT")
    scene.wait(1)
    session.hears("250 Ok", "221 Bye")
    session.close()


def capture_ends(scene: Scene) -> None:
    dotted(scene)
    scene.wait(5)
    scene.told("example.org", "A", MX1)


def nobody_was_accepted(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>", "RCPT TO:<bob@example.net>", "DATA")
    session.hears("250 Ok", "451 4.3.0 later", "554 no valid recipients")
    session.close()


def cut_off_before_the_dot(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello")
    session.close(server_first=False)


@pytest.mark.parametrize(
    "innocent",
    [
        confirmed,
        confirmed_after_half_close,
        quit_in_one_breath,
        capture_ends,
        nobody_was_accepted,
        cut_off_before_the_dot,
    ],
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)


def test_silent_where_the_server_had_closed_before() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.send(False, FIN | ACK)
    session.says("hello", ".")

    assert [] == findings(scene, CODE)


def test_loss_leaves_it_possible() -> None:
    scene = Scene(kernel_drops=30)
    session, _ = dotted(scene)
    scene.wait(30)
    session.close(server_first=False)

    assert ("info", "possible") == grade(finding(scene, CODE))


def test_a_verdict_that_stands_before_the_dot_leaves_it_possible() -> None:
    """A capture of several queues swaps packets."""
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.hears("250 2.0.0 Ok: queued")
    session.says("hello", ".")
    session.close(server_first=False)

    assert ("info", "possible") == grade(finding(scene, CODE))


def test_silent_where_the_capture_ends_behind_a_half_close() -> None:
    """A client that sends all in one breath closes its side, and waits."""
    scene = Scene()
    session, _ = dotted(scene)
    session.send(True, FIN | ACK)
    session.acknowledge(from_client=False)

    assert [] == findings(scene, CODE)
