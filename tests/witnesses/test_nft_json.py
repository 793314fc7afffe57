"""``nft -j list ruleset``, on one line or laid out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.told import tell
from wiretruth.model.ruleset import Action, Chain, Family, Hook, RuleSet
from wiretruth.witnesses.nft_json import Reader

DOCUMENT: dict[str, Any] = {
    "nftables": [
        {"metainfo": {"version": "1.0.6"}},
        {"table": {"family": "ip", "name": "nat", "handle": 1}},
        {"chain": {"family": "ip", "table": "nat", "name": "OUTPUT", "type": "nat", "hook": "output", "prio": -100, "policy": "drop"}},
        {"set": {"family": "ip", "table": "nat", "name": "hosts", "type": "ipv4_addr", "elem": ["198.51.100.10"]}},
        {"set": {"family": "ip", "table": "nat", "name": "seen", "type": "ipv4_addr", "flags": ["timeout"], "elem": [7, {}]}},
        {
            "rule": {
                "family": "ip", "table": "nat", "chain": "OUTPUT", "handle": 2,
                "expr": [
                    {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@hosts"}},
                    {"counter": {"packets": 1, "bytes": 60}},
                    {"dnat": {"addr": "192.0.2.66"}},
                ],
            }
        },
        {"chain": {"family": "bridge", "table": "b", "name": "c"}},
    ]
}  # fmt: skip


def chain(text: str) -> Chain:
    (rules,) = tell(Reader("rules.json"), text).claims
    assert isinstance(rules, RuleSet)
    assert ("table b of another family",) == rules.missed
    return rules.chains[0]


@pytest.mark.parametrize("indent", [None, 2])
def test_chain_and_rule(indent: int | None) -> None:
    output = chain(json.dumps(DOCUMENT, indent=indent))
    (rule,) = output.rules

    assert (Family.IP, Hook.OUTPUT, -100, True, Action.DROP) == (
        output.family,
        output.hook,
        output.priority,
        output.translates,
        output.policy,
    )
    assert (1, [Action.DNAT], 2) == (rule.packets, [t.action for t in rule.targets], len(rule.matches))
    assert '"dnat"' in rule.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{}",
        '{"nftables": ',
        '{"nftables": 7}',
        '{"nftables": [7, {"chain": 7}, {"rule": {}}]}',
        '{"nftables": ' + "[" * 100_000,
        '{"rules": []}',
    ],
)
def test_what_claims_nothing(text: str) -> None:
    assert [] == tell(Reader("rules.json"), text).claims


@pytest.mark.parametrize("line", ["{", "hello", '{"other": 1}', "table ip nat {"])
def test_foreign_lines_are_told(line: str) -> None:
    assert [1] == tell(Reader("rules.json"), [line]).unknown


@given(st.text())
def test_hostile_lines_raise_nothing(text: str) -> None:
    tell(Reader("rules.json"), '{"nftables":' + text)
