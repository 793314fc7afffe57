"""Contact behind the end of an answer's life."""

import pytest

from tests.rules.scene import MX1, MX2, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "stale-resolution"


def test_expired_is_info_and_says_by_how_much() -> None:
    scene = Scene()
    scene.example_net(ttl=10)
    scene.wait(100)
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert grade(found) == ("info", "likely")
    assert (
        "contacted mail1.example.net at 198.51.100.10, 90.0 s after that answer's time to live of 10.0 s"
        in found.summary
    )
    assert [4, 5] == frames_of(found)
    assert [] == loud(scene)


def test_a_newer_answer_without_the_address_is_a_warning() -> None:
    scene = Scene()
    scene.told("mail1.example.net", "A", MX1, ttl=10)
    scene.wait(100)
    scene.told("mail1.example.net", "A", MX2, ttl=10)
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary.endswith("a newer answer says mail1.example.net is 198.51.100.20")


@pytest.mark.parametrize("late", [0.0, 9.9, 10.9])
def test_silent_within_the_life_of_the_answer(late: float) -> None:
    """A TTL counts whole seconds: one more is granted."""
    scene = Scene()
    scene.example_net(ttl=10)
    scene.wait(late)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_when_refreshed() -> None:
    scene = Scene()
    scene.example_net(ttl=10)
    scene.wait(100)
    scene.example_net(ttl=10)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)
