"""Hook after hook: the order of tables, and what a translation changes for those behind it."""

from dataclasses import replace

import pytest

from tests.firewall.made import MEANT, STRANGER, SYN, rules, table
from wiretruth.firewall.journey import FORWARDED, RECEIVED, SENT, Way, steps
from wiretruth.firewall.packet import Passing
from wiretruth.model.packet import Endpoint
from wiretruth.model.ruleset import RuleSet

LAN = replace(SYN, in_interface="lan0", out_interface="wan0")
DNAT = "-p tcp --dport 25 -j DNAT --to-destination 192.0.2.66"
OWNER = "-m owner --uid-owner 105"


def told(made: RuleSet, way: Way, packet: Passing = LAN, led_to: Endpoint | None = None) -> list[str]:
    """Give what rules (not policies) may do with the packet, hook by hook."""
    return [
        f"{step.hook} {step.outcome.target.action}{'' if step.outcome.sure else ' perhaps'}"
        for step in steps(made, packet, way, led_to)
        if step.outcome.rule is not None
    ]


NAT = table("nat", f"PREROUTING {DNAT}", f"OUTPUT {DNAT}", "POSTROUTING -o wan0 -j MASQUERADE")


@pytest.mark.parametrize(
    ("tables", "way", "expected"),
    [
        ([NAT], FORWARDED, ["prerouting dnat", "postrouting masquerade"]),
        ([NAT], SENT, ["output dnat", "postrouting masquerade"]),
        ([NAT], RECEIVED, ["prerouting dnat"]),
        (
            [NAT, table("filter", "FORWARD -d 198.51.100.10 -j DROP", "FORWARD -d 192.0.2.66 -j ACCEPT")],
            FORWARDED,
            ["prerouting dnat", "forward accept", "postrouting masquerade"],
        ),
        (
            [NAT, table("filter", "FORWARD -m conntrack --ctstate DNAT --ctorigdst 198.51.100.10 -j DROP")],
            FORWARDED,
            ["prerouting dnat", "forward drop"],
        ),
        ([NAT, table("raw", "PREROUTING -j CT --notrack")], FORWARDED, ["prerouting notrack"]),
        ([NAT, table("raw", "PREROUTING -i wan0 -j DROP")], FORWARDED, ["prerouting dnat", "postrouting masquerade"]),
        ([NAT, table("raw", "PREROUTING -j DROP")], FORWARDED, ["prerouting drop"]),
        ([NAT, table("mangle", "FORWARD -i lan0 -o wan0 -j DROP")], FORWARDED, ["prerouting dnat", "forward drop"]),
        (
            [table("nat", "PREROUTING -p tcp -j REDIRECT --to-ports 9"), table("filter", "FORWARD -j DROP", "INPUT -j ACCEPT")],
            FORWARDED,
            ["prerouting redirect", "input accept"],
        ),
        (
            [table("nat", f"PREROUTING {OWNER} -j DNAT --to 9.9.9.9".replace("--to ", "--to-destination ")),
             table("filter", "FORWARD -d 198.51.100.10 -j DROP")],
            FORWARDED,
            ["prerouting dnat perhaps", "forward drop perhaps"],
        ),
    ],
)  # fmt: skip
def test_order_of_hooks(tables: list[list[str]], way: Way, expected: list[str]) -> None:
    assert expected == told(rules(*tables), way)


def test_answers_pass_no_translation() -> None:
    """Only the first packet of a connection is asked about."""
    assert [] == told(rules(NAT), FORWARDED, replace(LAN, state="established"))


def test_what_was_seen_to_happen_counts_for_the_chains_behind() -> None:
    made = rules(
        table("nat", "PREROUTING -j DNAT --to-destination 192.0.2.60-192.0.2.69"),
        table("filter", "FORWARD -d 192.0.2.66 -j DROP"),
    )

    assert ["prerouting dnat", "forward drop"] == told(made, FORWARDED, LAN, STRANGER)
    assert ["prerouting dnat", "forward drop perhaps"] == told(made, FORWARDED, LAN)


def test_other_family_is_not_asked() -> None:
    packet = replace(LAN, source=Endpoint("2001:db8::5", 41000), destination=Endpoint("2001:db8::10", 25))

    assert [] == told(rules(NAT), FORWARDED, packet)


def test_interfaces_that_a_hook_does_not_have() -> None:
    """What the host sends came in nowhere."""
    made = rules(table("filter", "OUTPUT ! -i lan0 -j DROP"))

    assert ["output drop"] == told(made, SENT)
    assert MEANT == SYN.destination
