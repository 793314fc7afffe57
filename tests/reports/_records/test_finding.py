"""The record of a finding, against the contract's keys."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.finding import Blame, Evidence, Finding, Party, Severity, Side
from wiretruth.reports._records.finding import finding_record, identity


def test_seed_finding() -> None:
    record = finding_record(scenes.REWRITTEN)
    evidence = record.pop("evidence")

    assert {
        "id": identity(scenes.REWRITTEN),
        "code": "destination-rewritten",
        "severity": "critical",
        "confidence": "likely",
        "summary": "mail for example.net was meant for mail.example.net [198.51.100.10]:25 and went to 192.0.2.66:25",
        "at": "2026-11-20T18:29:43.289208000Z",
        "client": "10.10.0.5",
        "intended": {"name": "mail.example.net", "address": "198.51.100.10", "port": 25, "from": ["dns"]},
        "observed": {"name": None, "address": "192.0.2.66", "port": 25, "from": []},
        "fault": {"side": "sender", "temporary": False, "mail_safe": False},
        "still_possible": list(scenes.REWRITTEN.still_possible),
        "settled_by": list(scenes.REWRITTEN.settled_by),
    } == record
    assert {"text": "A answer: mail.example.net is 198.51.100.10", "vantage": "mta-eth0", "frames": [6]} == evidence[1]


def test_evidence_from_lines() -> None:
    """A line of a log has a source and a number, and no frames."""
    line = Evidence("mail.log:8 claims another relay", source="mail.log", line=8)

    record = finding_record(replace(scenes.REWRITTEN, evidence=(line,)))

    assert [{"text": "mail.log:8 claims another relay", "source": "mail.log", "line": 8}] == record["evidence"]


def test_parties_may_be_unknown() -> None:
    record = finding_record(
        replace(scenes.REWRITTEN, intended=None, observed=None, blame=Blame(Side.UNKNOWN, None, None))
    )

    assert (None, None) == (record["intended"], record["observed"])
    assert {"side": "unknown", "temporary": None, "mail_safe": None} == record["fault"]


def test_identity_is_content() -> None:
    assert identity(scenes.REWRITTEN) == identity(replace(scenes.REWRITTEN))
    assert 16 == len(identity(scenes.REWRITTEN))
    assert set(identity(scenes.REWRITTEN)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "other",
    [
        replace(scenes.REWRITTEN, code="transparent-proxy"),
        replace(scenes.REWRITTEN, client="10.10.0.6"),
        replace(scenes.REWRITTEN, at=scenes.REWRITTEN.at + 1),
        replace(scenes.REWRITTEN, observed=Party("192.0.2.67", 25)),
        replace(scenes.REWRITTEN, intended=None),
        replace(scenes.REWRITTEN, evidence=scenes.REWRITTEN.evidence[1:]),
    ],
)
def test_other_content_has_another_identity(other: Finding) -> None:
    assert identity(scenes.REWRITTEN) != identity(other)


def test_wording_and_grade_are_not_identity() -> None:
    """A later version may say it better, or a log may prove it: it is the same finding."""
    assert identity(scenes.REWRITTEN) == identity(
        replace(scenes.REWRITTEN, summary="said better", severity=Severity.WARNING)
    )
