"""Rules of nft as it lists them, statement by statement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.ruleset import Action, Field
from wiretruth.witnesses._nft_rule import MAX_FAILURES, MAX_TOKENS, RuleText, entries, tokens
from wiretruth.witnesses._nft_terms import NamedSet

SETS = {
    "known": NamedSet([(("192.0.2.0/24",), ""), (("198.51.100.1-198.51.100.5",), "")]),
    "moving": NamedSet([(("192.0.2.1",), "")], changing=True),
    "ports": NamedSet([(("25",), "jump mail"), (("53",), "accept")]),
    "moving_ports": NamedSet([(("25",), "drop")], changing=True),
}


def read(text: str) -> RuleText:
    return RuleText(text, SETS).read()


@pytest.mark.parametrize(
    ("text", "fields", "unknown", "actions"),
    [
        ("tcp dport 25 counter packets 3 bytes 180 drop", ["protocol", "destination port"], [], ["drop"]),
        ("ip daddr @known accept", ["family", "destination"], [], ["accept"]),
        ("ip daddr @unheard_of accept", [], ["ip daddr @unheard_of"], ["accept"]),
        ("ip daddr . tcp dport { 192.0.2.66 . 25 } drop", ["family", "protocol", "destination+destination port"], [], ["drop"]),
        ("ct state established,related accept", ["connection state"], [], ["accept"]),
        ("ct state vmap { established : accept, invalid : drop }", [], [], ["choose"]),
        ("tcp dport vmap @ports", ["protocol"], [], ["choose"]),
        ("tcp dport vmap @moving_ports", ["protocol"], [], ["unknown"]),
        ("tcp flags syn / fin,syn,rst,ack drop", ["protocol", "TCP flags"], [], ["drop"]),
        ("tcp flags & (fin | syn) == syn drop", ["protocol", "TCP flags"], [], ["drop"]),
        ("tcp flags syn drop", [], ["tcp flags syn"], ["drop"]),
        ("meta skuid 105 tcp dport 25 drop", [], ["meta skuid 105 tcp dport 25"], ["drop"]),
        ("limit rate 5/minute burst 5 packets drop", [], ["limit rate 5/minute burst 5 packets"], ["drop"]),
        ("ip daddr & 255.0.0.255 == 198.0.0.10 drop", [], ["ip daddr & 255.0.0.255 == 198.0.0.10"], ["drop"]),
        ("tcp dport > 1024 drop", [], ["tcp dport > 1024"], ["drop"]),
        ("fib daddr type local accept", [], ["fib daddr type local"], ["accept"]),
        ('log prefix "drop it" level info drop', [], [], ["continue", "drop"]),
        ('tcp dport 25 drop comment "accept this"', ["protocol", "destination port"], [], ["drop"]),
        ("meta mark set 0x1 accept", [], [], ["accept"]),
        ("meta mark set ct mark and 0xff accept", [], ["meta mark set ct mark and 0xff"], ["accept"]),
        ("update @moving { ip saddr } accept", [], [], ["accept"]),
        ("add @moving { ip saddr limit rate over 5/minute } drop", [], ["add @moving { ip saddr limit rate over 5/minute }"], ["drop"]),
        ("notrack", [], [], ["notrack"]),
        ("queue num 0", [], [], ["unknown"]),
        ('xt target "LOG"', [], [], ["unknown"]),
        ("redirect to :2525", [], [], ["redirect"]),
        ("masquerade random,persistent", [], [], ["masquerade"]),
        ("snat to 203.0.113.1 persistent", [], [], ["snat"]),
        ("dnat ip to 192.0.2.66:25", [], [], ["dnat"]),
        ("dnat ip6 to [2001:db8::66]:25", [], [], ["dnat"]),
        ("dnat to tcp dport map { 25 : 192.0.2.66 }", ["protocol"], [], ["choose"]),
        ("dnat ip addr . port to ip daddr . tcp dport map { 192.0.2.1 . 25 : 192.0.2.66 . 2525 }", ["family", "protocol"], [], ["choose"]),
        ("dnat to jhash ip saddr mod 2 map { 0 : 192.0.2.66 }", [], [], ["unknown"]),
        ("tproxy ip to 127.0.0.1:2525 accept", [], [], ["tproxy", "accept"]),
        ("reject with icmp type admin-prohibited", [], [], ["reject"]),
        ("reject with tcp reset", [], [], ["reject"]),
        ("reject", [], [], ["reject"]),
        ("jump mail", [], [], ["jump"]),
    ],
)  # fmt: skip
def test_statements(text: str, fields: list[str], unknown: list[str], actions: list[str]) -> None:
    rule = read(text)

    assert unknown == [match.text for match in rule.matches if not match.fields]
    assert fields == ["+".join(match.fields) for match in rule.matches if match.fields]
    assert actions == [str(target.action) for target in rule.targets]


def test_counter() -> None:
    assert [3, None, None] == [read(text).packets for text in ("counter packets 3 bytes 9", "counter", "accept")]


def test_changing_sets_are_told() -> None:
    assert [False, True] == [match.changing for match in read("ip saddr @moving drop").matches]


def test_map_of_two_words_leads_to_an_endpoint() -> None:
    (target,) = read("dnat ip addr . port to ip daddr . tcp dport map { 192.0.2.1 . 25 : 192.0.2.66 . 2525 }").targets
    ((_, led_to),) = target.choices

    assert (Action.DNAT, 2525) == (led_to.action, led_to.ports.low if led_to.ports else None)
    assert (Field.DESTINATION, Field.DESTINATION_PORT) == target.fields


def test_elements_of_sets() -> None:
    text = '192.0.2.1 timeout 1m expires 59s, 192.0.2.2 . 25 comment "x", "lan0" : jump mail'

    assert [(("192.0.2.1",), ""), (("192.0.2.2", "25"), ""), (("lan0",), "jump mail")] == entries(tokens(text))


def test_a_rule_of_too_many_words_stays_text() -> None:
    rule = read("ip saddr { " + "192.0.2.1, " * (MAX_TOKENS // 2) + "} drop")

    assert ([], False) == (rule.targets, bool(rule.matches[0].fields))


def test_a_rule_of_which_nothing_is_understood_may_do_anything() -> None:
    """Each statement looks for a brace that never comes: without a bound, they would all look to the end."""
    rule = read("dnat to tcp dport map { 1 " * 10_000)

    assert {Action.UNKNOWN} == {target.action for target in rule.targets}
    assert MAX_FAILURES + 1 >= len(rule.targets) - 1


WORDS = [
    "ip",
    "saddr",
    "tcp",
    "dport",
    "{",
    "}",
    ",",
    ".",
    ":",
    "25",
    "@known",
    "vmap",
    "map",
    "dnat",
    "to",
    "reject",
    "with",
    "flags",
    "&",
    "(",
    "/",
    "log",
    "prefix",
    "counter",
    "packets",
    "!=",
]


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_hostile_words_raise_nothing(text: str) -> None:
    read(text)
