"""The text that Prometheus reads."""

import pytest

from wiretruth.live import exposition
from wiretruth.live.exposition import MEANINGS, PREFIX, Metrics


def test_a_metric_has_its_type_and_its_values() -> None:
    metrics = Metrics()
    metrics.add("findings_total", code="smtp-deferred", severity="warning")
    metrics.add("findings_total", 2, code="smtp-deferred", severity="warning")

    assert [
        "# HELP wiretruth_findings_total Findings that were told, by code and severity.",
        "# TYPE wiretruth_findings_total counter",
        'wiretruth_findings_total{code="smtp-deferred",severity="warning"} 3',
    ] == "".join(metrics.text()).splitlines()


def test_what_hosts_call_themselves_cannot_break_the_page() -> None:
    metrics = Metrics()
    metrics.put("lookups_total", 1, resolver='a"b\\c\nd')

    assert 'wiretruth_lookups_total{resolver="a\\"b\\\\c\\nd"} 1\n' == list(metrics.text())[-1]


def test_series_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposition, "MAX_SERIES", 2)
    metrics = Metrics()
    for n in range(5):
        metrics.add("lookups_total", resolver=f"192.0.2.{n}")

    assert (2, 3) == (len(metrics.series("lookups_total")), metrics.get("series_refused_total"))


def test_names_follow_the_habit() -> None:
    """Counters end in _total, or are the sum and count of a span."""
    wrong = [n for n, (kind, _) in MEANINGS.items() if (kind == "counter") != n.endswith(("_total", "_sum", "_count"))]

    assert [] == wrong
    assert PREFIX.endswith("_")
