"""The rule that explains what was seen, or the one that could, or none."""

from dataclasses import replace

import pytest

from tests.firewall.made import STRANGER, SYN, rules, table
from wiretruth.firewall.explaining import (
    Explanation,
    concerns,
    discarding,
    proxying,
    refusing,
    rewriting,
    source_rewriting,
    withholding,
)
from wiretruth.firewall.journey import FORWARDED, RECEIVED, SENT
from wiretruth.model.packet import Endpoint

TO_STRANGER = "-d 198.51.100.10/32 -p tcp -m tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25"
ELSEWHERE = "-p tcp -m tcp --dport 25 -j DNAT --to-destination 192.0.2.77:25"


def said(explanation: Explanation | None) -> str | None:
    if explanation is None:
        return None
    return f"{explanation.hook}{'' if explanation.sure else ' perhaps'}: {explanation.text}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"OUTPUT {TO_STRANGER}",), f"output: -A OUTPUT {TO_STRANGER}"),
        ((f"PREROUTING {TO_STRANGER}",), None),
        ((f"OUTPUT {ELSEWHERE}",), None),
        ((f"OUTPUT {ELSEWHERE}", f"OUTPUT {TO_STRANGER}"), None),
        (("OUTPUT -d 198.51.100.10 -j RETURN", f"OUTPUT {TO_STRANGER}"), None),
        (
            (f"OUTPUT -m owner --uid-owner 105 {TO_STRANGER}",),
            f"output perhaps: -A OUTPUT -m owner --uid-owner 105 {TO_STRANGER}",
        ),
        (
            (f"OUTPUT -m owner --uid-owner 105 {TO_STRANGER}", f"OUTPUT {TO_STRANGER}"),
            f"output perhaps: -A OUTPUT -m owner --uid-owner 105 {TO_STRANGER}",
        ),
    ],
)
def test_rewriting(lines: tuple[str, ...], expected: str | None) -> None:
    assert expected == said(rewriting(rules(table("nat", *lines)), SYN, STRANGER, [SENT]))


def test_a_port_beside_the_known_ways_is_no_explanation() -> None:
    made = rules(table("nat", "OUTPUT -p tcp --dport 25 -j REDIRECT --to-ports 10025"))

    assert "output: -A OUTPUT -p tcp --dport 25 -j REDIRECT --to-ports 10025" == said(
        rewriting(made, SYN, Endpoint("127.0.0.1", 10025), [SENT])
    )
    assert None is said(rewriting(made, SYN, Endpoint("127.0.0.1", 10026), [SENT]))


def test_source_rewriting() -> None:
    made = rules(table("nat", "POSTROUTING -o wan0 -j MASQUERADE"))
    public = Endpoint("203.0.113.1", 41000)

    assert "postrouting perhaps: -A POSTROUTING -o wan0 -j MASQUERADE" == said(
        source_rewriting(made, SYN, public, [FORWARDED])
    )
    assert None is said(source_rewriting(made, replace(SYN, out_interface="lan0"), public, [FORWARDED]))


def test_proxying() -> None:
    made = rules(table("mangle", "PREROUTING -p tcp --dport 25 -j TPROXY --on-port 2525 --on-ip 0.0.0.0"))

    assert "prerouting: -A PREROUTING -p tcp --dport 25 -j TPROXY --on-port 2525 --on-ip 0.0.0.0" == said(
        proxying(made, SYN, [FORWARDED])
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("FORWARD -i lan0 -p tcp -j DROP",), "forward perhaps: -A FORWARD -i lan0 -p tcp -j DROP"),
        (("FORWARD -p tcp -j DROP",), "forward: -A FORWARD -p tcp -j DROP"),
        ((":FORWARD DROP [0:0]",), "forward: :FORWARD DROP [0:0]"),
        ((":FORWARD DROP [0:0]", "FORWARD -p tcp -j ACCEPT"), None),
        ((":FORWARD DROP [0:0]", "FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"), "forward: :FORWARD DROP [0:0]"),
        (("INPUT -j DROP",), None),
        (("FORWARD -j REJECT",), None),
    ],
)  # fmt: skip
def test_discarding(lines: tuple[str, ...], expected: str | None) -> None:
    assert expected == said(discarding(rules(table("filter", *lines)), SYN, [FORWARDED]))


@pytest.mark.parametrize(
    ("lines", "kind", "expected"),
    [
        (("INPUT -p tcp -j REJECT --reject-with tcp-reset",), "tcp-reset", "input"),
        (("INPUT -p tcp -j REJECT --reject-with tcp-reset",), "icmp-port-unreachable", None),
        (("INPUT -j REJECT --reject-with icmp-admin-prohibited",), "icmp-admin-prohibited", "input"),
        (("INPUT -j REJECT",), "icmp-port-unreachable", "input"),
        (("INPUT -j DROP",), "tcp-reset", None),
    ],
)
def test_refusing(lines: tuple[str, ...], kind: str, expected: str | None) -> None:
    found = refusing(rules(table("filter", *lines)), SYN, [RECEIVED], {kind})

    assert expected == (str(found.hook) if found else None)


def test_a_target_that_is_not_known_may_do_anything() -> None:
    made = rules(table("filter", "FORWARD -p tcp -j NFQUEUE --queue-num 0"))
    found = discarding(made, SYN, [FORWARDED])

    assert found is not None
    assert (False, False, 6) == (found.understood, found.sure, found.line)


def test_counters_are_handed_on() -> None:
    made = rules(table("filter", "[7:420] -A FORWARD -j DROP"))
    found = discarding(made, SYN, [FORWARDED])

    assert found is not None
    assert (7, 6) == (found.packets, found.line)


def test_rules_of_the_other_ip_version_have_nothing_to_say() -> None:
    made = rules(table("filter"))
    other = replace(SYN, source=Endpoint("2001:db8::5", 41000), destination=Endpoint("2001:db8::10", 25))

    assert (True, False) == (concerns(made, SYN), concerns(made, other))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("OUTPUT -p tcp --dport 25 -j DROP", "output"),
        ("OUTPUT -p tcp --dport 25 -j REJECT --reject-with tcp-reset", "output"),
        ("OUTPUT -p tcp --sport 40000:50000 -j DROP", "output perhaps"),
        ("OUTPUT -p tcp --dport 26 -j DROP", None),
        ("FORWARD -p tcp --dport 25 -j DROP", None),
    ],
)
def test_what_keeps_in_a_packet_of_which_only_the_addresses_are_known(line: str, expected: str | None) -> None:
    packet = replace(SYN, source=SYN.source._replace(port=0))
    told = said(withholding(rules(table("filter", line)), packet))

    assert (expected and f"{expected}: -A {line}") == told
