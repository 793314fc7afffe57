"""Clocks that disagree are told, and reckoned with; clocks that may agree are not."""

import pytest

from tests.rules.scene import MX2, SECOND, STRANGER, Frame, Scene, finding, findings, grade, loud
from tests.rules.session import Session, View, resent

CODE = "clock-skew"
LAN, WAN = View(), View("wan", hops=1)


def skew(scene: Scene, seconds: float, drift: float = 0.0, tap: str = "wan") -> Scene:
    """Let the clock of one tap be wrong."""
    frames = scene.frames[tap]
    start = min(f.at for f in frames)
    frames[:] = [
        Frame(f.at + round(seconds * SECOND) + round(drift * (f.at - start)), f.octets, f.original) for f in frames
    ]
    return scene


def mail(count: int = 3, wait: float = 1.0) -> Scene:
    scene = Scene()
    scene.example_net()
    for _ in range(count):
        Session(scene, views=(LAN, WAN)).delivers()
        scene.wait(wait)
    return scene


@pytest.mark.parametrize(("seconds", "words"), [(30.0, "30.0 s ahead of"), (-7200.0, "behind that of tap")])
def test_told_once_for_an_input(seconds: float, words: str) -> None:
    found = finding(skew(mail(), seconds), CODE)

    assert grade(found) == ("info", "proven")
    assert words in found.summary
    assert "3 conversations seen at both" in found.evidence[0].text


def test_drift() -> None:
    found = finding(skew(mail(60, 20.0), 5.0, 100e-6), CODE)

    assert "gains 8.6 s a day" in found.summary


@pytest.mark.parametrize("seconds", [0.0, 0.00005, -0.00005])
def test_silent_where_clocks_may_agree(seconds: float) -> None:
    assert [] == findings(skew(mail(), seconds), CODE)


def test_silent_with_one_tap() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize("seconds", [0.0, 3600.0, -3600.0, 86_400.0])
def test_a_drop_is_found_whatever_the_clocks_say(seconds: float) -> None:
    """The second capture watches at that time by its own clock, and at another one by the first one's."""
    scene = mail()
    dropped = Session(scene, MX2, views=(LAN,))
    dropped.syn()
    resent(dropped, True, 1, 2, 4)
    scene.wait(5)
    Session(scene, views=(LAN, WAN)).delivers()

    found = finding(skew(scene, seconds), "dropped-in-transit")

    assert grade(found) == ("critical", "likely")


@pytest.mark.parametrize("seconds", [0.0, 3600.0, -3600.0])
def test_nothing_is_claimed_of_a_time_when_the_other_was_not_watching(seconds: float) -> None:
    """By its own clock the second capture seems to have watched; it had ended."""
    scene = mail()
    scene.wait(3600)
    alone = Session(scene, MX2, views=(LAN,))
    alone.syn()
    resent(alone, True, 1, 2, 4)
    scene.wait(60)

    assert [] == findings(skew(scene, seconds), "dropped-in-transit")


@pytest.mark.parametrize("seconds", [0.0, 3600.0, -3600.0])
def test_rewriting_is_seen_in_the_order_of_the_path(seconds: float) -> None:
    """Where no hop lies between the taps, only time tells which of them comes first."""
    scene = Scene()
    scene.example_net()
    for _ in range(2):
        Session(scene, views=(LAN, View("wan", server=(STRANGER, 25)))).delivers()
        scene.wait(1)
    skew(scene, seconds)

    assert {("destination-rewritten", "critical", "proven")} == set(loud(scene))
    assert all(f.observed and f.observed.address == STRANGER for f in findings(scene, "destination-rewritten"))
