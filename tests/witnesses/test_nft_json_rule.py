"""Expressions of libnftables-json mean what their text form means."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.witnesses._nft_json_rule import RuleJson, entry
from wiretruth.witnesses._nft_rule import RuleText
from wiretruth.witnesses._nft_terms import NamedSet

SETS = {"known": NamedSet([(("192.0.2.0/24",), "")]), "verdicts": NamedSet([(("25",), "drop")])}
DPORT = {"payload": {"protocol": "tcp", "field": "dport"}}
DADDR = {"payload": {"protocol": "ip", "field": "daddr"}}


def match(left: Any, right: Any, op: str = "==") -> dict[str, Any]:
    return {"match": {"op": op, "left": left, "right": right}}


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("tcp dport 25 drop", [match(DPORT, 25), {"drop": None}]),
        ("tcp dport != { 25, 30-40 } drop", [match(DPORT, {"set": [25, {"range": [30, 40]}]}, "!="), {"drop": None}]),
        ("ip daddr 192.0.2.0/24 accept", [match(DADDR, {"prefix": {"addr": "192.0.2.0", "len": 24}}), {"accept": None}]),
        ("ip daddr @known accept", [match(DADDR, "@known"), {"accept": None}]),
        ("ct state established,related accept", [match({"ct": {"key": "state"}}, ["established", "related"], "in"), {"accept": None}]),
        ('iifname "lan0" accept', [match({"meta": {"key": "iifname"}}, "lan0"), {"accept": None}]),
        (
            "ip daddr . tcp dport { 192.0.2.1 . 25 } drop",
            [match({"concat": [DADDR, DPORT]}, {"set": [{"concat": ["192.0.2.1", 25]}]}), {"drop": None}],
        ),
        (
            "tcp flags & (fin | syn) == syn drop",
            [match({"&": [{"payload": {"protocol": "tcp", "field": "flags"}}, {"|": ["fin", "syn"]}]}, "syn"), {"drop": None}],
        ),
        ("jump mail", [{"jump": {"target": "mail"}}]),
        ("dnat to 192.0.2.66:25", [{"dnat": {"addr": "192.0.2.66", "port": 25}}]),
        ("dnat to [2001:db8::66]:25", [{"dnat": {"addr": "2001:db8::66", "port": 25}}]),
        ("redirect to :2525", [{"redirect": {"port": 2525}}]),
        ("masquerade", [{"masquerade": None}]),
        ("reject with icmpx admin-prohibited", [{"reject": {"type": "icmpx", "expr": "admin-prohibited"}}]),
        ("reject", [{"reject": None}]),
        ("notrack", [{"notrack": None}]),
        ("tcp dport vmap @verdicts", [{"vmap": {"key": DPORT, "data": "@verdicts"}}]),
        ("tcp dport vmap { 25 : jump mail }", [{"vmap": {"key": DPORT, "data": {"set": [[25, {"jump": {"target": "mail"}}]]}}}]),
        ("dnat to tcp dport map { 25 : 192.0.2.66 }", [{"dnat": {"addr": {"map": {"key": DPORT, "data": {"set": [[25, "192.0.2.66"]]}}}}}]),
    ],
)  # fmt: skip
def test_same_as_text(text: str, statements: list[Any]) -> None:
    expected, found = RuleText(text, SETS).read(), RuleJson(statements, SETS).read()

    assert [(m.fields, m.elements, m.negated) for m in expected.matches] == [
        (m.fields, m.elements, m.negated) for m in found.matches
    ]
    assert [_bare(t) for t in expected.targets] == [_bare(t) for t in found.targets]


def _bare(target: Any) -> Any:
    choices = tuple((element, _bare(choice)) for element, choice in target.choices)
    return target.action, target.chain, target.addresses, target.ports, target.kind, target.fields, choices


@pytest.mark.parametrize(
    ("statement", "conditions", "actions"),
    [
        ({"xt": {"type": "match", "name": "comment"}}, 0, []),
        ({"xt": {"type": "match", "name": "owner"}}, 1, []),
        ({"xt": {"type": "target", "name": "REDIRECT"}}, 0, ["unknown"]),
        ({"limit": {"rate": 5, "per": "minute"}}, 1, []),
        ({"mangle": {"key": {"meta": {"key": "mark"}}, "value": 1}}, 0, []),
        ({"queue": {"num": 0}}, 0, ["unknown"]),
        (match({"fib": {"result": "type", "flags": "daddr"}}, "local"), 1, []),
        (match(DPORT, 25, "<"), 1, []),
        ({"dnat": {"addr": {"numgen": {"mode": "inc", "mod": 2}}}}, 0, ["unknown"]),
        ("nonsense", 1, []),
    ],
)
def test_what_is_not_understood_stays_as_text(statement: Any, conditions: int, actions: list[str]) -> None:
    found = RuleJson([statement], SETS).read()

    assert conditions == len([m for m in found.matches if not m.fields])
    assert actions == [str(target.action) for target in found.targets]


def test_elements_of_named_maps() -> None:
    assert (("25",), "jump mail") == entry([25, {"jump": {"target": "mail"}}])
    assert (("192.0.2.1",), "192.0.2.66 . 25") == entry(["192.0.2.1", {"concat": ["192.0.2.66", 25]}])
    assert (("192.0.2.1",), "") == entry({"elem": {"val": "192.0.2.1", "timeout": 60}})


ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["match", "op", "left", "right", "set", "map", "dnat", "addr", "xt", "vmap", "key", "data", "concat"]), inner),
    max_leaves=8,
)  # fmt: skip


@given(st.lists(ANYTHING))
def test_hostile_documents_raise_nothing(statements: list[Any]) -> None:
    RuleJson(json.loads(json.dumps(statements)), SETS).read()
