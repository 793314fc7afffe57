"""Put off, and taken later."""

import pytest

from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "smtp-greylisted"


def put_off(scene: Scene, recipient: str = "bob@example.net") -> int:
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    frame = session.asks(f"RCPT TO:<{recipient}>", "450 4.7.1 Greylisted")
    session.quit()
    return frame


def test_the_same_envelope_accepted_later_is_info() -> None:
    scene = Scene()
    scene.example_net()
    frame = put_off(scene)
    scene.wait(299)
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert grade(found) == ("info", "likely")
    assert "put off bob@example.net at RCPT (450 4.7.1 Greylisted) and the same mail was accepted" in found.summary
    assert frame == frames_of(found)[0]
    assert [] == loud(scene)


@pytest.mark.parametrize(
    ("recipient", "sender"), [("carol@example.net", "alice@corp.example"), ("bob@example.net", "eve@corp.example")]
)
def test_silent_on_another_envelope(recipient: str, sender: str) -> None:
    scene = Scene()
    scene.example_net()
    put_off(scene)
    Session(scene).delivers(recipient, sender=sender)

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "smtp-deferred"))


def test_silent_on_what_was_accepted_before() -> None:
    scene = Scene()
    Session(scene).delivers()
    put_off(scene)

    assert [] == findings(scene, CODE)


def test_silent_on_permanent_refusals() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    session.asks("RCPT TO:<bob@example.net>", "550 5.1.1 no")
    session.quit()
    Session(scene).delivers()

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "smtp-rejected"))
