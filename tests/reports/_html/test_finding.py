"""One finding on the page."""

import re
from dataclasses import replace

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.finding import Evidence, Finding, Party
from wiretruth.model.report import Report
from wiretruth.reports._html.finding import MOST_RECORDS, Teller
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import identity
from wiretruth.reports._text.clock import clock_of

ADVICE = {"destination-rewritten": "Look at\nthe ``rules``.\n\nThen again."}


def page(finding: Finding, report: Report | None = None, *, in_full: bool = True) -> str:
    report = report or replace(scenes.seed(), findings=(finding,))
    teller = Teller(report, clock_of(report), Ties(report), ADVICE, Places(report.inputs), several_vantages=False)
    return drawn(teller.in_full(finding, 1, is_open=True) if in_full else teller.in_short(finding, 1))


def test_everything_that_a_reader_needs() -> None:
    told = page(scenes.REWRITTEN)

    assert "What was meant</h5>" in told
    assert "mail.example.net [198.51.100.10]:25</p>" in told
    assert "according to a DNS answer" in told
    assert 'class="way"' in told
    assert 'class="sequence"' in told
    assert "MX answer: example.net is served by 10 mail.example.net" in told
    assert "a transport map or smart host" in told
    assert "the mail log of the sending host" in told
    assert "<p>Look at the rules.</p><p>Then again.</p>" in told
    assert "tshark -r mta-eth0.pcap -Y 'frame.number in {4, 6..7, 15..18}'" in told
    assert identity(scenes.REWRITTEN) in told
    assert 'data-deliveries="0"' in told


def test_two_places_that_disagree_are_set_side_by_side() -> None:
    finding = replace(
        scenes.REWRITTEN,
        observed=None,
        evidence=(Evidence("sent STARTTLS", "wan", (1,)), Evidence("came XXXX", "lan", (2,))),
    )
    told = page(finding)

    assert "At wan</h5>" in told
    assert "At lan</h5>" in told
    assert "What was meant" not in told


def test_a_line_of_a_log_against_the_packets() -> None:
    finding = replace(
        scenes.REWRITTEN,
        intended=None,
        observed=None,
        evidence=(Evidence("says sent", source="mail.log", line=8), Evidence("SYN", scenes.MTA, (7,))),
    )

    assert "In mail.log</h5>" in page(finding)
    assert "mail.log line 8" in page(finding)


def test_a_finding_without_packets_has_no_drawing() -> None:
    finding = replace(scenes.REWRITTEN, intended=None, observed=None, evidence=(Evidence("loss", scenes.MTA),))
    told = page(finding)

    assert "<svg" not in told
    assert "loss" in told


def test_in_short_there_is_the_evidence_and_no_drawing() -> None:
    told = page(scenes.REWRITTEN, in_full=False)

    assert "<svg" not in told
    assert "MX answer: example.net is served by 10 mail.example.net" in told


def test_much_evidence_is_counted() -> None:
    finding = replace(scenes.REWRITTEN, evidence=tuple(Evidence(f"record {n}", scenes.MTA, (n,)) for n in range(100)))

    assert f"and {100 - MOST_RECORDS} more records" in page(finding)


def test_who_was_seen_without_a_name() -> None:
    assert '<p class="said mono">192.0.2.66:25</p>' in page(replace(scenes.REWRITTEN, observed=Party("192.0.2.66", 25)))


def test_hosts_that_are_no_rivals_are_not_set_against_each_other() -> None:
    finding = replace(
        scenes.REWRITTEN,
        code="deferral-caused-by-dns",
        evidence=(
            Evidence("asked in vain", scenes.MTA, (4,)),
            Evidence("and again", scenes.MTA, (6,)),
            Evidence("450 4.1.8", scenes.MTA, (7,)),
        ),
    )
    told = page(finding)

    assert "What was meant" not in told
    assert ["First", "Then"] == re.findall(r'class="box"><h5>(.*?)</h5>', told)[:2]
    assert ["asked in vain", "450 4.1.8"] == re.findall(r'<p class="said">(.*?)</p>', told)


def test_one_record_stands_beside_whom_it_is_about() -> None:
    finding = replace(
        scenes.REWRITTEN, code="resolver-outage", observed=None, evidence=(Evidence("lookups", scenes.MTA, (4,)),)
    )

    assert "It is about</h5>" in page(finding)
    assert "What was seen</h5>" in page(finding)
