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


def test_an_edited_dialogue_is_proven_and_shown() -> None:
    scene = Scene()
    scene.example_net()
    far = View("wan", hops=1, edit=(b"mail1.example.net", b"mask1.example.net"))
    Session(scene, views=(LAN, far)).delivers()

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "proven")
    assert "somebody between wan and tap edits what" in found.summary
    assert found.evidence[0].text == "the server sent: 220 mask1.example.net ESMTP"
    assert found.evidence[1].text == "what arrived: 220 mail1.example.net ESMTP"


def test_the_server_answers_others_from_beyond() -> None:
    """The address is no host between the taps: other connections to it pass both."""
    scene = Scene()
    path(scene)
    Session(scene, views=(LAN, WAN)).delivers()
    Session(scene, server_ttl=64).delivers()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def test_a_connection_that_took_another_way_out_is_only_possible() -> None:
    """A gateway with two lines: the answer comes from as far as ever."""
    scene = Scene()
    path(scene)
    Session(scene, views=(LAN, WAN)).delivers()
    Session(scene).delivers()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    assert grade(finding(scene, CODE)) == ("info", "possible")


def test_a_syn_proxy_is_one_connection() -> None:
    """It draws the server's numbers anew; nothing is claimed of a handshake that went no farther."""
    scene = Scene()
    path(scene)
    Session(scene, views=(LAN, View("wan", hops=1, shift=99_999))).delivers()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)
    assert [2] * 3 == [len(c.sightings) for c in scene.report().connections]


def test_a_handshake_that_a_syn_proxy_completed_for_a_dead_server() -> None:
    scene = Scene()
    path(scene)
    near = Session(scene, views=(LAN,)).connect()
    anew = Session(scene, views=(View("wan"),), client_ttl=64)
    anew.client.endpoint, anew.client.next = near.client.endpoint, near.client.next - 1
    anew.send(True, 0x02, window=63)
    for wait in (1, 2, 4):
        scene.wait(wait)
        anew.send(True, 0x02, seq=near.client.next - 1, window=63)
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "somebody between tap and wan answers 10.10.0.5 in the place of" in found.summary
    assert [] == findings(scene, "dropped-in-transit")
