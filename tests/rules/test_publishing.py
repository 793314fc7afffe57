"""What a site does with what was addressed to itself."""

import pytest

from tests.rules.scene import Scene, findings, grade
from tests.rules.session import Session, View

PUBLIC, PRIVATE = "203.0.113.25", "10.10.0.25"


def published(scene: Scene, client: str, ttl: int) -> None:
    views = (View(), View("dmz", server=(PRIVATE, 25), hops=1))
    Session(scene, PUBLIC, client_address=client, client_ttl=ttl, server_ttl=63, views=views).delivers()
    scene.wait(1)


def test_a_published_server_is_reached_by_its_public_address_from_inside_too() -> None:
    scene = Scene()
    published(scene, "10.10.0.5", 64)
    published(scene, "192.0.2.99", 50)

    assert {("info", "proven")} == {grade(f) for f in findings(scene, "destination-rewritten")}


@pytest.mark.parametrize("stranger", [None, "10.20.0.9"])
def test_what_no_stranger_reaches_is_taken_away(stranger: str | None) -> None:
    """A gateway that leads all mail of its hosts to a filter of its own looks the same, but for strangers."""
    scene = Scene()
    published(scene, "10.10.0.5", 64)
    if stranger:
        published(scene, stranger, 50)

    assert "critical" in {grade(f)[0] for f in findings(scene, "destination-rewritten")}


def test_a_host_that_is_led_back_to_itself_lost_nothing() -> None:
    scene = Scene()
    views = (View(), View("dmz", client=("10.10.0.1", 40000), server=("10.10.0.5", 25), hops=1))
    Session(scene, PUBLIC, client_address="10.10.0.5", views=views).delivers()

    assert [("info", "proven")] == [grade(f) for f in findings(scene, "destination-rewritten")]
