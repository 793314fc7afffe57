"""Findings as a person reads them."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.finding import Blame, Evidence, Finding, Side
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.finding import IN_FULL, RECORDS, findings, one_line

CLOCK = clock_of(scenes.seed())


def lines(*told: Finding, in_full: bool = False, vantages: tuple[str, ...] = (scenes.MTA,)) -> list[str]:
    report = replace(scenes.seed(), findings=told, inputs=(replace(scenes.CAPTURE, vantages=vantages),))
    return [line.plain for line in findings(report, CLOCK, in_full=in_full)]


def test_seed() -> None:
    assert [
        "",
        "FINDINGS: 1 critical",
        "",
        "CRITICAL destination-rewritten (likely)",
        "  mail for example.net was meant for mail.example.net [198.51.100.10]:25 and went to 192.0.2.66:25",
        "  18:29:43.289, client 10.10.0.5",
        "  - MX answer: example.net is served by 10 mail.example.net (frame 4)",
        "  - A answer: mail.example.net is 198.51.100.10 (frame 6)",
        "  - SYN to 192.0.2.66:25, 0.1 ms later; no packet to 198.51.100.10 is in the capture (frame 7)",
        "  - the dialogue carries mail for bob@example.net (frames 15-18)",
        "  fault: the sending side; does not pass by itself; the mail is not safe",
        "  still possible: a transport map or smart host of the mail server names 192.0.2.66 for example.net",
        "  what would settle it:",
        "  - the mail log of the sending host (its relay= against the address contacted)",
        "  - the firewall rules of the sending host and of the gateway (iptables-save, nft list ruleset)",
        "  - the connection tracking table (conntrack -L) while the connection is alive",
        "  more: wiretruth explain destination-rewritten",
        "",
        "These frames in tshark (in Wireshark: what stands behind -Y):",
        "  tshark -r mta-eth0.pcap -Y 'frame.number in {4, 6..7, 15..18}'",
    ] == lines(scenes.REWRITTEN)


def test_no_findings_no_part() -> None:
    assert [] == lines()


def test_many_of_one_code() -> None:
    several = [replace(scenes.REWRITTEN, client=f"10.10.0.{n}") for n in range(12)]
    told = lines(*several, scenes.BANNER)

    assert IN_FULL == told.count("CRITICAL destination-rewritten (likely)")
    assert f"  and {12 - IN_FULL} more findings of this code: 192.0.2.66 ({12 - IN_FULL})" in told
    assert 1 == told.count("  more: wiretruth explain destination-rewritten")
    assert 1 == told.count("  what would settle it:")
    assert "INFO banner-mismatch (likely)" in told


def test_of_findings_alike_one_is_told() -> None:
    later = replace(scenes.REWRITTEN, at=scenes.at(5_000_000))
    told = lines(*[scenes.REWRITTEN] * 11, later)

    assert 1 == told.count("CRITICAL destination-rewritten (likely)")
    assert "  and 11 more findings like this, the last at 18:29:48.288" in told


def test_before_many_findings_stands_a_table() -> None:
    told = lines(*[scenes.REWRITTEN] * 1200, scenes.BANNER)

    assert ["  1,200 critical  destination-rewritten  18:29", "      1 info      banner-mismatch        18:29"] == told[
        3:5
    ]
    assert "more findings" not in "".join(lines(scenes.REWRITTEN, scenes.BANNER))


def test_all_in_full() -> None:
    told = lines(*[scenes.REWRITTEN] * 12, in_full=True)

    assert 12 == told.count("CRITICAL destination-rewritten (likely)")


def test_other_remedies_are_told_where_they_differ() -> None:
    told = lines(scenes.REWRITTEN, replace(scenes.REWRITTEN, settled_by=("the socket table",)))

    assert "  what would settle it: the socket table" in told
    assert "  what would settle it:" in told


def test_vantages_are_named_where_there_are_several() -> None:
    told = lines(scenes.BANNER, vantages=("mta-eth0", "wan"))

    assert "  - greeting: 220 relay.other.example ESMTP (frame 10 at mta-eth0)" in told


def test_lines_of_a_log() -> None:
    told = lines(replace(scenes.BANNER, evidence=(Evidence("relay=mail.example.net", source="mail.log", line=8),)))

    assert "  - relay=mail.example.net (mail.log line 8)" in told


def test_much_evidence() -> None:
    many = replace(scenes.BANNER, evidence=scenes.BANNER.evidence * (RECORDS + 3))

    assert "  - ... 3 more records (-v shows them)" in lines(many)
    assert RECORDS + 3 == sum("greeting" in line for line in lines(many, in_full=True))


def test_blame() -> None:
    safe = replace(scenes.BANNER, blame=Blame(Side.RECIPIENT_RESOLVER, temporary=True, mail_safe=True))
    unknown = replace(scenes.BANNER, blame=Blame(Side.UNKNOWN, None, None))
    nobody = replace(scenes.BANNER, blame=Blame(Side.UNKNOWN, None, mail_safe=True))

    expected = "  fault: the receiver's resolver; temporary, the sender tries again; no mail is lost by it"
    assert expected in lines(safe)
    assert "  outlook: no mail is lost by it" in lines(nobody)
    assert [] == [line for line in lines(unknown) if "fault" in line]


def test_without_client_or_party() -> None:
    bare = replace(scenes.BANNER, client=None, intended=None, observed=None)

    told = lines(*(replace(bare, summary=f"{name} greets") for name in "abcde"))

    assert "  18:29:43.289" in told
    assert f"  and {5 - IN_FULL} more findings of this code" in told


def test_one_line() -> None:
    assert (
        "info likely banner-mismatch 18:29:43.289 "
        "192.0.2.66 greets as relay.other.example, a name unrelated to mail.example.net"
        == one_line(scenes.BANNER, CLOCK).plain
    )
