"""4yz, in the server's own words."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MX2, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "smtp-deferred"


def test_a_deferred_recipient_is_a_warning() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    frame = session.asks("RCPT TO:<bob@example.net>", "452 4.2.2 mailbox full")
    session.quit()

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "mail1.example.net [198.51.100.10]:25 deferred mail for bob@example.net at RCPT: 452 4.2.2 mailbox full"
    )
    assert [frame] == frames_of(found)
    assert (True, True) == (found.blame.temporary, found.blame.mail_safe)


def test_turned_away_at_the_greeting() -> None:
    scene = Scene()
    scene.example_net(MX2)
    session = Session(scene, MX2).connect()
    session.hears("421 4.3.2 too busy")
    session.close()

    assert "deferred mail at banner: 421 4.3.2 too busy" in finding(scene, CODE).summary


def refused(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    session.asks("RCPT TO:<bob@example.net>", "450 4.7.1 Greylisted")
    session.quit()


def greylisted(scene: Scene) -> None:
    scene.example_net()
    refused(scene)
    scene.wait(300)
    Session(scene).delivers()


def too_many_recipients(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope("a@example.net")
    session.asks("RCPT TO:<b@example.net>", "452 4.5.3 too many recipients")
    session.message()
    session.envelope("b@example.net").message()
    session.quit()


def accepted(scene: Scene) -> None:
    Session(scene).delivers()


def starttls_unavailable(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("STARTTLS", "454 4.7.0 TLS not available")
    session.envelope().message()
    session.quit()


def timeout_behind_the_work(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    scene.wait(300)
    session.hears("421 4.4.2 timeout")
    session.close()


@pytest.mark.parametrize(
    "innocent", [greylisted, too_many_recipients, accepted, starttls_unavailable, timeout_behind_the_work]
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
