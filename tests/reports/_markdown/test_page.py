"""The parts of a ticket."""

import re
from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.report import Report
from wiretruth.reports._markdown.page import IN_FULL, ticket
from wiretruth.reports._text.clock import clock_of


def page(report: Report, *, in_full: bool = False) -> str:
    return "".join(
        ticket(report, clock_of(report), {"destination-rewritten": "Look at\nthe ``rules``."}, in_full=in_full)
    )


def test_the_answer_comes_first() -> None:
    assert page(scenes.seed()).startswith(
        "### CRITICAL (likely): mail for `example.net` was meant for `mail.example.net [198.51.100.10]:25` and went to `192.0.2.66:25`\n"
    )


def test_what_a_ticket_needs() -> None:
    told = page(scenes.seed())

    assert "\n- meant: `mail.example.net [198.51.100.10]:25`\n- seen: `192.0.2.66:25`\n" in told
    assert "\n- A answer: `mail.example.net` is `198.51.100.10` (frame 6 at `mta-eth0`)\n" in told
    assert "\n- still possible: a transport map or smart host" in told
    assert "\n**What to do:** Look at the rules.\n" in told
    assert "```sh\ntshark -r mta-eth0.pcap -Y 'frame.number in {4, 6..7, 10, 15..18}'\n```\n" in told
    assert "```text\nMail for bob@example.net from 10.10.0.5: accepted by 192.0.2.66:25\n" in told


def test_many_findings_are_counted() -> None:
    told = page(scenes.crowded())

    assert IN_FULL + 1 == len(re.findall(r"(?m)^\*\*(?:CRITICAL|INFO)\*\*", told))
    assert "And 297 more findings of this code: `192.0.2.3` (8)" in told
    assert len(told.splitlines()) < 200


def test_all_of_them_where_they_are_asked_for() -> None:
    assert 301 == len(re.findall(r"(?m)^\*\*(?:CRITICAL|INFO)\*\*", page(scenes.crowded(), in_full=True)))


def test_nothing_wrong() -> None:
    assert page(scenes.benign()).startswith("### nothing wrong was seen in this capture: 1 delivery (1 accepted)\n")
    assert "#### Findings" not in page(scenes.benign())
    assert "#### Mail" not in page(replace(scenes.benign(), deliveries=()))
