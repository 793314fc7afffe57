"""The whole capture on one line of time."""

import re
from dataclasses import replace

import pytest

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.finding import Evidence, Party
from wiretruth.model.report import Report
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._html.timeline import BINS, Scale, timeline, told
from wiretruth.reports._text.clock import clock_of

LOST = scenes.lookup("x.example", "A", None, 30, scenes.at(100), rcode=None)
OUTAGE = replace(
    scenes.REWRITTEN,
    code="resolver-outage",
    intended=Party("198.51.100.53", 53),
    observed=None,
    evidence=(Evidence("lookups", scenes.MTA, (30,)),),
)


def line(report: Report) -> str:
    return drawn(timeline(report, clock_of(report), Ties(report)))


def test_findings_are_marked_and_lead_to_their_place() -> None:
    page = line(scenes.seed())

    assert ["#f1", "#f2"] == re.findall(r'<a href="(#f\d+)"', page)
    assert "◆" in page
    assert "●" in page


def test_many_findings_become_columns() -> None:
    page = line(scenes.crowded())

    assert "<a " not in page
    assert 0 < page.count('class="column critical"') <= BINS
    assert "column good" in page


def test_an_outage_is_a_band_with_its_lookups() -> None:
    page = line(replace(scenes.seed(), findings=(OUTAGE,), lookups=(LOST,)))

    assert "resolver 198.51.100.53: lookups without an answer" in page
    assert 1 == page.count('class="outage"')
    assert 1 == page.count('class="unanswered"')


def test_it_is_told_in_words() -> None:
    report = replace(scenes.seed(), findings=(OUTAGE,), lookups=(LOST,))

    assert (
        "findings: 1 critical; trouble with resolver 198.51.100.53 from 18:29:43.289; 1 delivery (1 accepted)"
        == told(report, clock_of(report))
    )


def test_nothing_to_draw() -> None:
    assert "" == line(scenes.empty())


@pytest.mark.parametrize("make", [scenes.seed, scenes.crowded, scenes.hostile, scenes.benign, lambda: scenes.busy(100)])
def test_everything_lies_within_the_drawing(make: type[Report]) -> None:
    page = line(make())  # type: ignore[call-arg] # makers of scenes, which take nothing
    height = int(re.findall(r'class="timeline" width="100%" height="(\d+)"', page)[0])

    assert all(0 <= float(y) <= height for y in re.findall(r'\b(?:y|y1|y2|cy)="([\d.-]+)"', page))
    assert all(0 <= float(x) <= 100 for x in re.findall(r'\b(?:x|x1|x2|cx)="([\d.-]+)%"', page))


@pytest.mark.parametrize(("at", "expected"), [(0, 0.0), (50, 50.0), (100, 100.0), (-7, 0.0), (700, 100.0)])
def test_moments_outside_stay_at_the_edge(at: int, expected: float) -> None:
    scale = Scale(0, 100)

    assert expected == scale.share(at)
    assert 0 <= scale.bin(at) < BINS


def test_a_capture_of_one_moment() -> None:
    assert 0.0 == Scale(5, 5).share(5)
