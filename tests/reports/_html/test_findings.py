"""The section on findings."""

from dataclasses import replace

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.report import Report
from wiretruth.reports._html.findings import DRAWN, MAX_TOLD, findings, numbered
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._text.clock import clock_of


def section(report: Report) -> str:
    return drawn(findings(report, clock_of(report), Ties(report), {}))


def test_few_lie_open() -> None:
    assert 2 == section(scenes.seed()).count('open=""')


def test_of_many_the_first_lies_open_and_some_are_drawn() -> None:
    page = section(scenes.crowded())

    assert 1 == page.count('open=""')
    assert DRAWN + 1 == page.count('class="sequence"')
    assert 301 == page.count('data-severity="')
    assert "and 295 more findings of this code: 192.0.2.5 (8)" in page


def test_there_is_an_end_to_it() -> None:
    number = MAX_TOLD + 11
    page = section(replace(scenes.seed(), findings=(scenes.BANNER,) * number))

    assert "Only counted: 10 more findings of this code" in page


def test_none() -> None:
    assert "" == section(scenes.benign())


def test_numbers_follow_the_report() -> None:
    report = scenes.seed()

    assert [1, 2] == [numbered(report)[id(finding)] for finding in report.findings]
