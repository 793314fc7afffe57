"""Half a conversation."""

import pytest

from tests.rules.scene import Scene, finding, findings, grade, loud
from tests.rules.session import Session

CODE = "one-sided-capture"


def half(scene: Scene, *, of_client: bool) -> None:
    """Only one side's packets pass the tap."""
    session = Session(scene)
    session.send(True, 0x02, seen=of_client)
    session.send(False, 0x12, seen=not of_client)
    session.send(True, 0x10, seen=of_client)
    for from_client, text in (
        (False, "220 mail1.example.net ESMTP"), (True, "EHLO mta.corp.example"), (False, "250 mail1.example.net"),
        (True, "MAIL FROM:<alice@corp.example>"), (False, "250 Ok"), (True, "QUIT"), (False, "221 Bye"),
    ):  # fmt: skip
        session.send(from_client, 0x18, f"{text}\r\n".encode(), seen=from_client is of_client)
        session.send(not from_client, 0x10, seen=from_client is not of_client)
        scene.wait(12)


@pytest.mark.parametrize("of_client", [True, False])
def test_one_direction_is_info_and_nothing_else_is_claimed(of_client: bool) -> None:
    scene = Scene()
    half(scene, of_client=of_client)
    half(scene, of_client=of_client)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "likely")
    assert "2 connections with one direction only, none with both" in found.summary
    assert [] == loud(scene)


def test_silent_where_both_are_seen() -> None:
    scene = Scene()
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_unanswered_syns() -> None:
    scene = Scene()
    Session(scene).syn()

    assert [] == findings(scene, CODE)


def test_silent_where_some_are_whole() -> None:
    scene = Scene()
    half(scene, of_client=True)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)
