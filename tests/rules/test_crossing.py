"""What one vantage saw and the next one missed is told; what it saw is not called missed."""

from tests.rules.scene import MX2, TAP, Scene, findings
from tests.rules.session import Session, View
from wiretruth.ledger.renumbered import MOST_SIGHTINGS

TAPS = (View(), *(View(f"{TAP}{number}") for number in range(1, MOST_SIGHTINGS + 1)))
"""One more than are tied into one connection."""


def scene_with_many_taps() -> Scene:
    """All taps watch, and one mail shows which one comes behind the last of those that are tied."""
    scene = Scene()
    scene.example_net()
    for views in (TAPS, TAPS[-2:]):
        Session(scene, MX2, views=views).delivers(name="mail2.example.net")
        scene.wait(1)
    return scene


def test_a_syn_seen_at_more_vantages_than_are_tied_was_not_dropped_between_them() -> None:
    scene = scene_with_many_taps()
    session = Session(scene, views=TAPS)
    session.syn()
    for _ in range(3):
        session.again(True, after=1)
    Session(scene, MX2, views=TAPS).delivers(name="mail2.example.net")

    assert [] == findings(scene, "dropped-in-transit")


def test_a_session_seen_at_more_vantages_than_are_tied_has_no_proxy_between_them() -> None:
    scene = scene_with_many_taps()
    Session(scene, views=TAPS).delivers()

    assert [] == findings(scene, "transparent-proxy")
