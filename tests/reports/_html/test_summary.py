"""The head of the page."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.report import Report
from wiretruth.reports._html.summary import NAMED_INPUTS, summary, title
from wiretruth.reports._text.clock import clock_of


def head(report: Report) -> str:
    return drawn(summary(report, clock_of(report)))


def test_the_loudest_finding_is_the_answer() -> None:
    page = head(scenes.seed())

    assert (
        "<h1>Mail for example.net was meant for mail.example.net [198.51.100.10]:25 and went to 192.0.2.66:25</h1>"
        in page
    )
    assert 'class="verdict critical"' in page
    assert "the mail is not safe" in page
    assert "CRITICAL: mail for example.net was meant for" in title(scenes.seed())


def test_a_note_is_no_answer() -> None:
    """What is only info does not accuse anybody."""
    noted = replace(scenes.seed(), findings=(scenes.BANNER,))

    assert 'class="verdict clear"' in head(noted)
    assert title(noted).startswith("nothing wrong was seen in this capture")


@pytest.mark.parametrize(
    ("report", "words"),
    [(scenes.benign(), "Nothing wrong was seen"), (scenes.empty(), "This capture holds no packets")],
)
def test_nothing_found(report: Report, words: str) -> None:
    assert f"<h1>{words}" in head(report)


def test_sums_lead_to_what_they_count() -> None:
    page = head(scenes.crowded())

    assert '<a href="#findings">critical</a></dt><dd>300</dd>' in page
    assert '<a href="#deliveries">accepted</a></dt><dd>200</dd>' in page
    assert "and 299 more findings" in page


def test_many_captures_are_counted() -> None:
    several = replace(scenes.seed(), inputs=(scenes.CAPTURE,) * (NAMED_INPUTS + 3))

    assert "and 3 more captures" in head(several)
