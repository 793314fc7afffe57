"""Somebody in between answers."""

from tests.rules.scene import MX2, Scene, finding, findings, grade, loud
from tests.rules.session import Session, View

CODE = "transparent-proxy"
LAN, WAN = View(), View("wan", hops=1)


def path(scene: Scene) -> None:
    scene.example_net()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")


def test_a_connection_that_stays_on_one_side_is_possible() -> None:
    scene = Scene()
    path(scene)
    Session(scene).delivers()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    assert grade(finding(scene, CODE)) == ("info", "possible")


def test_the_same_envelope_in_a_second_connection_makes_it_likely() -> None:
    scene = Scene()
    path(scene)
    inside = Session(scene).connect()
    outside = Session(scene, client_address="203.0.113.1", views=(View("wan"),)).connect()
    for session in (inside, outside):
        session.greeted().envelope()
    outside.message()
    outside.quit()
    inside.message()
    inside.quit()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "203.0.113.1 carries the same mail on" in found.summary


def test_silent_on_connections_that_go_on() -> None:
    scene = Scene()
    path(scene)
    Session(scene, views=(LAN, WAN)).delivers()

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_silent_with_one_tap() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()

    assert [] == findings(scene, CODE)
