"""5yz, in the server's own words, once for each cause."""

from collections.abc import Callable

import pytest

from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "smtp-rejected"


def test_pipelined_refusals_are_each_put_to_their_recipient() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>", "RCPT TO:<bob@example.net>", "RCPT TO:<eve@example.net>", "DATA")
    frame = session.hears("250 Ok", "250 Ok", "550 5.1.1 no such user", "354 go ahead")
    session.asks("hello\r\n.", "250 Ok")
    session.quit()

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "mail1.example.net [198.51.100.10]:25 rejected mail for eve@example.net at RCPT: 550 5.1.1 no such user"
    )
    assert [frame] == frames_of(found)


def test_what_follows_from_a_refusal_is_not_told_again() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted()
    session.says("MAIL FROM:<alice@corp.example>", "RCPT TO:<bob@example.net>", "DATA")
    session.hears("553 5.1.8 sender unknown", "503 5.5.1 need MAIL", "503 5.5.1 need RCPT")
    session.quit()

    assert "at MAIL: 553 5.1.8 sender unknown" in finding(scene, CODE).summary


def test_the_message_itself_is_refused() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted().envelope("a@example.net", "b@example.net")
    session.message("554 5.7.1 virus")
    session.quit()

    assert "for a@example.net and 1 more at end of data: 554 5.7.1 virus" in finding(scene, CODE).summary


def parameter_not_known(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example> BODY=8BITMIME", "555 5.5.4 unsupported")
    session.envelope().message()
    session.quit()


def auth_comes_first(scene: Scene) -> None:
    session = Session(scene, server_port=587).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "530 5.7.0 Authentication required")
    session.asks("AUTH CRAM-MD5", "334 eA==")
    session.asks("eHh4", "235 welcome")
    session.envelope().message()
    session.quit()


def helo_after_ehlo(scene: Scene) -> None:
    session = Session(scene).connect()
    session.hears("220 mail1.example.net")
    session.asks("EHLO mta.corp.example", "502 what?")
    session.asks("HELO mta.corp.example", "250 mail1.example.net")
    session.envelope().message()
    session.quit()


def unknown_verb(scene: Scene) -> None:
    session = Session(scene).connect().greeted()
    session.asks("XFOO", "500 5.5.2 unknown")
    session.envelope().message()
    session.quit()


def accepted(scene: Scene) -> None:
    Session(scene).delivers()


@pytest.mark.parametrize("innocent", [parameter_not_known, auth_comes_first, helo_after_ehlo, unknown_verb, accepted])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
