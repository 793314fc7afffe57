"""NAT at a gateway: told once, and only as info."""

from tests.rules.scene import STRANGER, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, View

CODE = "source-rewritten"
PUBLIC = "203.0.113.1"


def masqueraded(scene: Scene, port: int) -> None:
    Session(scene, views=(View(), View("wan", client=(PUBLIC, port), hops=1))).delivers()


def test_one_handshake_with_two_sources_is_info_and_told_once() -> None:
    scene = Scene()
    scene.example_net()
    masqueraded(scene, 50001)
    masqueraded(scene, 50002)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "proven")
    words = "connections of 10.10.0.5 to 198.51.100.10:25 leave as 203.0.113.1: 2 connections in "
    assert found.summary.startswith(words)
    assert [5, 1] == frames_of(found)[:2]
    assert ["tap", "wan"] == [e.vantage for e in found.evidence[2:]]
    assert [] == loud(scene)


def test_routing_alone_is_silent() -> None:
    scene = Scene()
    Session(scene, views=(View(), View("wan", hops=1))).delivers()

    assert [] == findings(scene, CODE)


def test_another_destination_is_another_finding() -> None:
    scene = Scene()
    Session(scene, views=(View(), View("wan", server=(STRANGER, 25), hops=1))).delivers()

    assert [] == findings(scene, CODE)
