"""The packets of a scene, drawn."""

import re
from dataclasses import replace

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.connection import Connection
from wiretruth.model.sighting import Outcome, SegmentMark, Sighting
from wiretruth.reports._html.scene import scene
from wiretruth.reports._html.sequence import draw_sequence
from wiretruth.reports._text.clock import clock_of

CLOCK = clock_of(scenes.seed())


def picture(*connections: Connection) -> str:
    made = scene(connections, (), scenes.REWRITTEN)
    assert made is not None
    return drawn(draw_sequence(made, CLOCK))


def opened(vantage: str, *ids: int) -> Sighting:
    marks = tuple(SegmentMark(scenes.at(0) + n * scenes.SECOND, n + 1, 64, n) for n in ids)
    quiet = replace(scenes.sighting(outcome=Outcome.UNANSWERED), vantage=vantage, syns=marks, established=None)
    return replace(quiet, opened=quiet.opened._replace(at=scenes.at(0)), last=quiet.last._replace(at=scenes.at(0)))


def test_every_packet_is_an_arrow_and_a_sentence() -> None:
    page = picture(scenes.connection())

    assert 9 == page.count('<g class="shot')
    assert 9 == page.count("<li>")
    assert "client to server: " in page
    assert "(frame 7 at mta-eth0)" in page
    assert "18:29:43.289" in page


def test_a_packet_that_a_farther_place_did_not_see_ends_before_it() -> None:
    page = picture(Connection((opened("lan", 1, 2), opened("wan", 2))))

    assert 1 == page.count("\N{MULTIPLICATION SIGN}")
    assert 2 == page.count('class="arrow lost"')
    assert 2 == page.count("not seen to arrive")
    assert "#head-" not in page


def test_a_packet_that_arrived_has_a_head() -> None:
    page = picture(scenes.connection())

    assert page.count('class="arrow"') == page.count("#head-")


def test_silences_are_told() -> None:
    assert "1.0 s of silence" in picture(Connection((opened("lan", 1, 2),)))


def test_what_was_said_stays_text() -> None:
    page = picture(scenes.trap().connections[0])

    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_everything_lies_within_the_drawing() -> None:
    page = picture(scenes.connection())
    height = int(re.findall(r'<svg class="sequence" width="100%" height="(\d+)"', page)[0])

    assert all(0 <= float(y) <= height for y in re.findall(r'\b(?:y|y1|y2|cy)="([\d.]+)"', page))
