"""The rule that explains a finding is named where it surely applies, shown where it could, and missed aloud where none does."""

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import GATEWAY, MTA, MX1, MX2, STRANGER, Scene, finding, grade
from tests.rules.session import Session, View, resent
from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.packet import Endpoint
from wiretruth.rules._firewall import discarding, interface_of

NAT = ("*nat", ":PREROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]")
FILTER = ("*filter", ":INPUT ACCEPT [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]")
DNAT = "-p tcp -m tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25"
LAN, WAN = View(), View("wan", hops=1)


def said(found: Finding) -> list[tuple[str, int | None]]:
    """Give what the rules contribute to a finding: text and line."""
    return [(e.text, e.line) for e in found.evidence if e.source == "rules.txt"]


def suspected(*rules: str) -> Finding:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.other.example")
    scene.hears("rules", *NAT, *rules, "COMMIT")
    return finding(scene, "destination-rewritten")


def test_a_rule_that_surely_does_it_is_named_and_leaves_no_innocent_explanation() -> None:
    found = suspected(f"-A OUTPUT -d 198.51.100.10/32 {DNAT}")

    assert grade(found) == ("critical", "likely")
    assert found.summary.endswith("instead, as rules.txt:5 (nat OUTPUT) wants it")
    assert said(found) == [
        (f"nat OUTPUT leads it there: -A OUTPUT -d 198.51.100.10/32 {DNAT}", 5),
    ]
    assert () == found.still_possible


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (f"-A OUTPUT -m owner --uid-owner 105 {DNAT}", "provided that '-m owner --uid-owner 105' holds"),
        (f"-A PREROUTING {DNAT}", "none of its rules does this"),
        (f"-A OUTPUT -d 198.51.100.99/32 {DNAT}", "none of its rules does this"),
        ("-A OUTPUT -p tcp -j NFQUEUE --queue-num 0", "what its target does cannot be told"),
        (f"[0:0] -A OUTPUT {DNAT}", "its counter stands at 0"),
        (f"[7:420] -A OUTPUT {DNAT}", "(its counter: 7 packets)"),
    ],
)
def test_what_rules_say_to_a_suspicion(rule: str, words: str) -> None:
    ((text, _),) = said(suspected(rule))

    assert words in text


def test_what_cannot_be_told_leaves_the_innocent_explanations() -> None:
    assert suspected(f"-A OUTPUT -m owner --uid-owner 105 {DNAT}").still_possible


def test_a_gateway_rewrites_what_it_forwards() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, views=(View(), View("wan", server=(STRANGER, 25), hops=1))).delivers()
    scene.hears("rules", *NAT, f"-A PREROUTING {DNAT}", f"-A OUTPUT {DNAT}", "COMMIT")

    assert "went to 192.0.2.66:25, by rules.txt:5 (nat PREROUTING)" in finding(scene, "destination-rewritten").summary


def dropped(*rules: str) -> Finding:
    scene = Scene()
    for wait in (0, 5):
        scene.wait(wait)
        scene.example_net()
        Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
        if not wait:
            session = Session(scene, views=(LAN,))
            session.syn()
            resent(session, True, 1, 2, 4)
    scene.hears("rules", *FILTER, *rules, "COMMIT")
    return finding(scene, "dropped-in-transit")


def test_a_drop_between_two_vantages() -> None:
    found = dropped("-A FORWARD -d 198.51.100.10/32 -p tcp -j DROP")

    assert found.summary.endswith("never reached wan: rules.txt:5 (filter FORWARD) discards it")
    assert 5 == said(found)[0][1]


def test_an_interface_that_is_not_known_stays_a_condition() -> None:
    found = dropped("-A FORWARD -i lan0 -p tcp -j DROP")

    assert "rules.txt" not in found.summary
    assert "provided that '-i lan0' holds: -A FORWARD -i lan0 -p tcp -j DROP" in said(found)[0][0]


@pytest.mark.parametrize(
    ("vantage", "name"), [("gw#lan0", "lan0"), ("gw#if2", None), ("gw#interface2", None), ("lan0", None), ("", None)]
)
def test_interface_of_a_vantage(vantage: str, name: str | None) -> None:
    assert name == interface_of(vantage)


@pytest.mark.parametrize(
    ("between", "named"),
    [(("gw#lan0", "gw#wan0"), True), (("gw#lan1", "gw#wan0"), False), (("mta#lan0", "gw#wan0"), False)],
)
def test_interfaces_count_where_both_are_of_one_host(between: tuple[str, str], named: bool) -> None:
    scene = Scene()
    scene.hears("rules", *FILTER, "-A FORWARD -i lan0 -o wan0 -j DROP", "COMMIT")
    ledger = Ledger()
    ledger.hear(scene.heard[0].claims)

    assert named is bool(discarding(ledger, Endpoint(MTA, 40000), Endpoint(MX1, 25), between=between).named)


def blackholed(*rules: str) -> Finding:
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    resent(session, True, 1, 2, 4)
    scene.wait(5)
    scene.told("example.org", "MX", "10 mail.example.org.")
    scene.hears("rules", *FILTER, *rules, "COMMIT")
    return finding(scene, "connect-blackholed")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("-A FORWARD -p tcp -m tcp --dport 25 -j DROP", "discards it if that host forwards it: -A FORWARD"),
        ("-A FORWARD -p tcp -m tcp --sport 25 -j DROP", "discards it if that host forwards it: -A FORWARD"),
        ("-A INPUT -p tcp -m tcp --dport 25 -j DROP", "discards it if these are the rules of 198.51.100.10: -A INPUT"),
        ("-A OUTPUT -p tcp -m tcp --dport 25 -j DROP", "none of its rules does this"),
    ],
)
def test_silence(rule: str, words: str) -> None:
    """A capture shows what goes out behind OUTPUT, so OUTPUT did not discard what it shows."""
    found = blackholed(rule)

    assert grade(found) == ("critical", "likely")
    assert words in said(found)[0][0]


def test_a_reset_by_a_rule() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    session.send(False, RST | ACK, seq=0, ttl=64)
    scene.hears("rules", *FILTER, "-A FORWARD -p tcp -j REJECT --reject-with tcp-reset", "COMMIT")

    assert "answers so to what it forwards" in said(finding(scene, "connect-refused"))[0][0]


@pytest.mark.parametrize(("kind", "does"), [("icmp-admin-prohibited", True), ("icmp-port-unreachable", False)])
def test_a_rejection_by_a_rule_of_that_kind(kind: str, does: bool) -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    scene.icmp(GATEWAY, session.last_packet, code=13)
    scene.hears("rules", *FILTER, f"-A FORWARD -p tcp -j REJECT --reject-with {kind}", "COMMIT")

    assert does is ("answers so" in said(finding(scene, "connect-rejected"))[0][0])


def test_nothing_is_said_where_no_rules_were_given() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.other.example")

    assert [] == [e for e in finding(scene, "destination-rewritten").evidence if e.source]


def test_nft_rules_serve_as_well() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.other.example")
    scene.hears(
        "rules",
        "table inet t {",
        "  chain out {",
        "    type nat hook output priority dstnat; policy accept;",
        f"    ip daddr {{ {MX1}, {MX2} }} tcp dport 25 dnat ip to {STRANGER}",
        "  }",
        "}",
    )

    assert "as rules.txt:4 (t out) wants it" in finding(scene, "destination-rewritten").summary


def test_a_trace_of_this_very_packet_is_the_surest_of_all() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    resent(session, True, 1, 2, 4)
    scene.wait(5)
    scene.told("example.org", "MX", "10 mail.example.org.")
    port = session.client.endpoint[1]
    scene.hears(
        "rules",
        f"PACKET: 2 30051cbd IN=lan0 SRC={MTA} DST={MX1} LEN=60 TTL=63 ID=38794 DF SPORT={port} DPORT=25 SYN ",
        " TRACE: 2 30051cbd filter:FORWARD:rule:0x3:DROP  -4 -t filter -A FORWARD -p tcp -m owner --uid-owner 1 -j DROP",
    )
    ((text, line),) = said(finding(scene, "connect-blackholed"))

    assert text == (
        f"filter FORWARD was seen to do it to {MTA}:{port} > 198.51.100.10:25: "
        "-A FORWARD -p tcp -m owner --uid-owner 1 -j DROP"
    )
    assert line == 2


def test_what_a_file_of_rules_says_shows_as_it_is() -> None:
    """A condition that nobody understands is quoted; what a terminal would obey is escaped."""
    found = suspected(f"-A OUTPUT -m odd --word \x1b[31mred\x7f {DNAT}")
    (text, _), *_ = said(found)

    assert r"\x1b[31mred\x7f" in text
    assert text.isprintable()
