"""Seen here, and never there."""

import pytest

from tests.rules.scene import MX2, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, View, resent

CODE = "dropped-in-transit"
LAN, WAN = View(), View("wan", hops=1)


def both(scene: Scene) -> None:
    """Another connection of the same host passes both taps: they lie on one path."""
    scene.example_net()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")


def dropped(scene: Scene, *waits: float) -> Session:
    session = Session(scene, views=(LAN,))
    session.syn()
    resent(session, True, *waits)
    return session


def test_syns_that_never_reach_the_next_vantage() -> None:
    scene = Scene()
    both(scene)
    dropped(scene, 1, 2, 4)
    scene.wait(5)
    both(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "passed tap and never reached wan" in found.summary
    assert 4 == len(frames_of(found))


def test_silent_where_the_second_tap_is_on_no_path_of_this_host() -> None:
    scene = Scene()
    Session(scene, MX2, client_address="10.10.9.9", views=(View("wan"),)).delivers(name="mail2.example.net")
    scene.example_net()
    dropped(scene, 1, 2, 4)

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize("again", [True, False])
def test_silent_where_it_arrives(again: bool) -> None:
    scene = Scene()
    both(scene)
    session = Session(scene, views=(LAN, WAN))
    session.syn()
    if again:
        session.again(True, after=1)
    session.syn_ack()
    session.acknowledge()
    session.greeted().envelope().message()
    session.quit()

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_a_syn_ack_that_the_client_acknowledged_did_arrive() -> None:
    """The capture before the gateway ends behind the SYN; beyond it all goes on."""
    scene = Scene()
    both(scene)
    session = Session(scene, views=(LAN, WAN))
    session.syn()
    session.views = (View("wan", hops=1),)
    session.syn_ack()
    session.acknowledge()
    session.greeted().envelope().message()
    session.quit()

    assert [] == findings(scene, CODE)


def asked_past_both(scene: Scene, *names: str) -> None:
    """Queries pass both taps; the answers are seen beyond the gateway only."""
    for name in names:
        asked = scene.ask(name, "MX")
        scene.put(asked.packet_again(1), "wan")
        answer = len(scene.frames["tap"])
        asked.answer(f"10 mail.{name}.")
        scene.frames["wan"].append(scene.frames["tap"].pop(answer))
        scene.wait(3)


def test_answers_cannot_be_missed_where_no_reply_is_ever_seen() -> None:
    """A capture of one direction."""
    scene = Scene()
    asked_past_both(scene, "example.net", "example.org", "example.com")
    scene.ask("later.example", "A")

    assert [] == findings(scene, CODE)


def test_answers_that_get_no_farther() -> None:
    scene = Scene()
    scene.example_net()
    asked_past_both(scene, "a.example", "b.example", "c.example")
    scene.wait(5)
    scene.example_net()

    assert ("critical", "likely") == grade(finding(scene, CODE))


def test_a_capture_that_ends_with_the_packet_did_not_miss_it() -> None:
    scene = Scene()
    both(scene)
    session = Session(scene, views=(LAN, WAN))
    session.syn()
    session.views = (View("wan", hops=1),)
    session.syn_ack()
    scene.ask("later.example", "A")

    assert {("info", "possible")} == {grade(found) for found in findings(scene, CODE)}
