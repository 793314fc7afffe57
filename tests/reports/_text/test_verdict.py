"""The first line, and what was read."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.finding import Severity
from wiretruth.model.report import Report
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.verdict import deliveries_words, scope, verdict

WARNING = replace(scenes.BANNER, severity=Severity.WARNING, summary="the first warning")
TWO = replace(scenes.benign(), inputs=(scenes.CAPTURE, scenes.CAPTURE))
SILENT = replace(scenes.benign(), deliveries=(), dialogue_count=0)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            scenes.seed(),
            f"CRITICAL (likely): {scenes.REWRITTEN.summary}",
        ),
        (
            replace(scenes.seed(), findings=(WARNING, WARNING, scenes.BANNER)),
            "WARNING (likely): the first warning (and 1 more finding)",
        ),
        (scenes.benign(), "nothing wrong was seen in this capture: 1 delivery (1 accepted)"),
        (
            replace(scenes.benign(), findings=(scenes.BANNER,)),
            "nothing wrong was seen in this capture: 1 delivery (1 accepted); 1 note below",
        ),
        (TWO, "nothing wrong was seen in these captures: 1 delivery (1 accepted)"),
        (
            replace(scenes.benign(), deliveries=()),
            "nothing wrong was seen in this capture: 1 SMTP dialogue, no delivery",
        ),
        (
            replace(scenes.benign(), coverage=replace(scenes.benign().coverage, both_directions=False)),
            "nothing wrong was seen in this capture, which shows one direction only: 1 delivery (1 accepted)",
        ),
        (SILENT, "no mail was seen in this capture"),
        (replace(SILENT, findings=(scenes.BANNER,)), "no mail was seen in this capture; 1 note below"),
        (scenes.empty(), "this capture holds no packets"),
        (replace(scenes.empty(), inputs=scenes.empty().inputs * 2), "these captures hold no packets"),
    ],
)
def test_verdict(report: Report, expected: str) -> None:
    assert expected == verdict(report).plain


def test_scope() -> None:
    assert [
        "2026-11-20, times in UTC",
        "mta-eth0.pcap: 21 packets, 18:29:43.288 to 18:29:43.289",
        "1 connection, 1 SMTP dialogue, 2 lookups, 1 delivery (1 accepted)",
    ] == [line.plain for line in scope(scenes.seed(), clock_of(scenes.seed()))]


def test_scope_names_labels_and_other_inputs() -> None:
    lan = replace(scenes.CAPTURE, label="lan")
    log = replace(scenes.CAPTURE, kind="log", label="mail", path="mail.log", first=None, last=None)
    report = replace(scenes.seed(), inputs=(lan, log))

    told = [line.plain for line in scope(report, clock_of(report))]

    assert "lan: mta-eth0.pcap: 21 packets, 18:29:43.288 to 18:29:43.289" == told[1]
    assert "mail.log (log)" == told[2]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], "0 deliveries"),
        (["accepted", "deferred", "accepted"], "3 deliveries (2 accepted, 1 deferred)"),
        (["unknown"], "1 delivery (1 with unknown end)"),
        (["rejected"], "1 delivery (1 rejected)"),
    ],
)
def test_deliveries_are_counted_by_their_end(ends: list[str], expected: str) -> None:
    assert expected == deliveries_words(scenes.delivery()._replace(outcome=DeliveryOutcome(e)) for e in ends)
