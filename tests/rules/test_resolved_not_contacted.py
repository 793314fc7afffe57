"""Hosts that should have been tried, and were not."""

import pytest

from tests.rules.scene import MX1, MX2, STRANGER, Scene, finding, findings, grade, loud
from tests.rules.session import Session, inbound, resent

CODE = "resolved-not-contacted"
V6 = "2001:db8::25"


def blackholed(scene: Scene, server: str) -> None:
    session = Session(scene, server)
    session.syn()
    resent(session, True, 1, 2, 4, 8)


def test_the_only_host_was_left_out() -> None:
    """Another name led to the host that was contacted: a transport map, perhaps."""
    scene = Scene()
    scene.example_net(MX1)
    scene.told("relay.other.example", "A", STRANGER)
    Session(scene, STRANGER).delivers()

    found = finding(scene, CODE)

    assert ("info", "likely") == grade(found)
    assert f"10.10.0.5 was told mail1.example.net [{MX1}] for mail to example.net and contacted {STRANGER}:25 only" == (
        found.summary
    )


def test_a_better_host_was_left_out() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, MX2).delivers()

    assert "mail1.example.net" in finding(scene, CODE).summary
    assert 1 == len(findings(scene, "mx-order-violated"))


def test_a_connection_that_was_led_elsewhere_is_told_elsewhere() -> None:
    scene = Scene()
    scene.example_net(MX1)
    Session(scene, STRANGER).delivers()

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "destination-rewritten"))


def test_no_fallback_behind_a_dead_host() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    blackholed(scene, MX1)
    scene.wait(60)
    Session(scene, "198.51.100.99").delivers("x@other.example")

    assert "mail2.example.net" in finding(scene, CODE).summary


@pytest.mark.parametrize("servers", [(MX1,), (MX1, MX2)])
def test_silent_where_the_best_host_took_the_call(servers: tuple[str, ...]) -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    for server in servers:
        Session(scene, server).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_an_honest_fallback() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    blackholed(scene, MX1)
    Session(scene, MX2).delivers()

    assert [] == findings(scene, CODE)


def test_silent_where_the_capture_ended_first() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    blackholed(scene, MX1)

    assert [] == findings(scene, CODE)


def test_silent_behind_a_host_that_refused_the_mail() -> None:
    """It took the call: whether the next host is tried is the sender's choice."""
    scene = Scene()
    scene.example_net(MX1, MX2)
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "450 4.3.2 not now")
    session.quit()
    scene.wait(60)
    Session(scene, "198.51.100.99").delivers("x@other.example")

    assert [] == findings(scene, CODE)


def test_silent_on_hosts_of_another_ip_version() -> None:
    scene = Scene()
    scene.example_net(V6, MX2)
    Session(scene, MX2).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_one_of_several_equals() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.", "10 mail2.example.net.")
    scene.told("mail1.example.net", "A", MX1)
    scene.told("mail2.example.net", "A", MX2)
    Session(scene, MX2).delivers()

    assert [] == findings(scene, CODE)


def test_silent_on_mail_that_came_in() -> None:
    scene = Scene()
    scene.example_net(MX1)
    inbound(scene).delivers("bob@example.net")

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


@pytest.mark.parametrize("preferences", [("10", "20"), ("20", "10"), ("10", "10")])
def test_an_address_of_an_earlier_answer_is_the_host_too(preferences: tuple[str, str]) -> None:
    """Addresses rotate, or another resolver names others: the host was contacted all the same."""
    scene = Scene()
    first, second = preferences
    scene.told("example.net", "MX", f"{first} mail1.example.net.", f"{second} mail2.example.net.")
    scene.told("mail2.example.net", "A", MX2)
    scene.told("mail1.example.net", "A", MX1)
    scene.told("mail1.example.net", "A", STRANGER, resolver="198.51.100.54")
    Session(scene, MX1).delivers()

    assert (["mail2.example.net"] if second < first else []) == [
        found.intended.name for found in findings(scene, CODE) if found.intended
    ]
