"""Grades have an order, and what is only possible alarms nobody."""

import pytest

from wiretruth.model.finding import Confidence, Finding, Severity


@pytest.mark.parametrize("grades", [Severity, Confidence])
def test_grades_are_ordered(grades: type[Severity] | type[Confidence]) -> None:
    assert list(range(len(grades))) == [grade.rank for grade in grades]


@pytest.mark.parametrize("confidence", Confidence)
@pytest.mark.parametrize("severity", Severity)
def test_warning_and_above_need_at_least_likely(severity: Severity, confidence: Confidence) -> None:
    finding = Finding("mx-is-cname", severity, confidence, "said", at=0, client=None, evidence=())
    expected = Severity.INFO if confidence is Confidence.POSSIBLE else severity

    assert expected is finding.severity
    assert confidence is finding.confidence
