"""Doubts about what should have been seen at the next vantage."""

from tests.rules.scene import MX2, Scene, finding, grade
from tests.rules.session import Session, View, resent

CODE = "dropped-in-transit"


def test_loss_at_the_next_vantage_leaves_it_possible() -> None:
    scene = Scene(kernel_drops=200)
    views = (View(), View("wan", hops=1))
    Session(scene, MX2, views=views).delivers(name="mail2.example.net")
    session = Session(scene)
    session.syn()
    resent(session, True, 1, 2)
    scene.wait(3)
    Session(scene, MX2, views=views).delivers(name="mail2.example.net")

    assert grade(finding(scene, CODE)) == ("info", "possible")
