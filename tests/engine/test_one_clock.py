"""Lookups captured at one place, mail at another, and two clocks."""

import pytest

from tests.ledger.made import SECOND, contact, sighting, told
from tests.rules.scene import Frame, Scene
from tests.rules.session import Session, View
from wiretruth.engine.one_clock import by_the_clock_of_contacts
from wiretruth.ledger.clock_lines import ClockLine
from wiretruth.ledger.clocks import ClockOffset, Clocks

AHEAD = Clocks([ClockOffset("dns", "tap", ClockLine(60 * SECOND, 0.0, 0, 5, 9))])


def test_moved_to_the_clock_that_saw_the_connections() -> None:
    answer = told("A mail.example.net", "mail.example.net A 192.0.2.1", at=100 * SECOND, vantage="dns")
    (moved,) = by_the_clock_of_contacts([answer], [contact(sighting())], AHEAD)

    assert (40 * SECOND, 340 * SECOND) == (moved.at, moved.until)


@pytest.mark.parametrize("vantage", ["tap", "dns#if2"])
def test_what_one_clock_saw_stays_as_it_is(vantage: str) -> None:
    answer = told("A mail.example.net", at=100 * SECOND, vantage=vantage)

    assert [answer] == by_the_clock_of_contacts([answer], [contact(sighting(vantage=vantage))], AHEAD)
    assert [answer] == by_the_clock_of_contacts([answer], [], AHEAD)


@pytest.mark.parametrize("seconds", [0, 3600, -3600])
def test_no_answer_is_stale_or_unknown_by_the_wrong_clock(seconds: int) -> None:
    scene = Scene()
    scene.example_net()
    scene.frames["dns"] = scene.frames["tap"][:]
    scene.frames["tap"].clear()
    for _ in range(2):
        Session(scene, views=(View(), View("dns", hops=1))).delivers()
        scene.wait(5)
    wrong = [Frame(f.at + seconds * SECOND, f.octets, f.original) for f in scene.frames["dns"]]
    scene.frames["dns"][:] = wrong

    assert {"clock-skew"} >= {f.code for f in scene.report().findings}
