"""Nothing is wrong, and nothing says why this address."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MX1, STRANGER, Scene, finding, findings, frames_of, grade
from tests.rules.session import Session, inbound

CODE = "unresolved-contact"


def test_an_address_without_answer_is_info_and_told_once() -> None:
    scene = Scene()
    Session(scene, STRANGER).delivers()
    Session(scene, STRANGER).delivers()

    found = finding(scene, CODE)

    assert grade(found) == ("info", "possible")
    assert "10.10.0.5 contacted 192.0.2.66:25 (2 attempts)" in found.summary
    assert [1] == frames_of(found)


def test_an_attempt_that_nobody_answered_before_it_hides_nothing() -> None:
    scene = Scene()
    Session(scene, STRANGER).syn()
    Session(scene, STRANGER).delivers()

    assert "10.10.0.5 contacted 192.0.2.66:25, an address" in finding(scene, CODE).summary


def told(scene: Scene) -> None:
    scene.example_net()
    Session(scene).delivers()


def told_to_somebody_else(scene: Scene) -> None:
    scene.told("mail1.example.net", "A", MX1, client="10.10.0.2")
    Session(scene).delivers()


def coming_in(scene: Scene) -> None:
    inbound(scene).delivers("b@corp.example")


def suspected_of_more(scene: Scene) -> None:
    """destination-rewritten says it already."""
    scene.example_net()
    Session(scene, STRANGER).delivers()


def on_the_host(scene: Scene) -> None:
    Session(scene, "127.0.0.1", 10025, client_address="127.0.0.1").delivers()


def flooded(scene: Scene) -> None:
    """Lone SYNs from everywhere to our own server, arriving with the TTL of a neighbour."""
    for number in range(1, 40):
        Session(scene, "10.10.0.5", client_address=f"203.0.113.{number}").syn()


@pytest.mark.parametrize("innocent", [flooded, told, told_to_somebody_else, coming_in, suspected_of_more, on_the_host])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)


def test_many_addresses_of_one_client_are_one_finding() -> None:
    """A capture that began behind the lookups shows a busy server's every host so."""
    scene = Scene()
    for number in range(20):
        Session(scene, f"198.51.100.{100 + number}").delivers("x@other.example")
    Session(scene, STRANGER, client_address="10.10.0.6").delivers()

    first, second = findings(scene, CODE)

    assert "10.10.0.5 contacted 198.51.100.100:25 and 19 more addresses that no DNS" in first.summary
    assert 8 == len(frames_of(first))
    assert "10.10.0.6 contacted 192.0.2.66:25, an address that" in second.summary


def test_an_address_that_is_explained_by_rewriting_does_not_speak_for_the_others() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers()
    Session(scene, "198.51.100.99").delivers("x@other.example")

    assert "198.51.100.99:25, an address" in finding(scene, CODE).summary
    assert 1 == len(findings(scene, "destination-rewritten"))
