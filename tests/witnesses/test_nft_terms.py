"""What nft's expressions mean."""

import pytest

from wiretruth.model.ruleset import Action, Bits, Field, Match, Range, Target, Word, address_number
from wiretruth.witnesses import _nft_terms as terms

A = address_number("192.0.2.66")


def test_unspoken_conditions_come_first() -> None:
    """Negated or not, ``tcp dport`` asks for TCP, and ``ip daddr`` for IPv4."""
    found = terms.condition("x", ["ip daddr", "tcp dport"], [("192.0.2.66", "25")], negated=True)

    assert found == [
        Match("x", (Field.FAMILY,), ((Range(4, 4),),)),
        Match("x", (Field.PROTOCOL,), ((Range(6, 6),),)),
        Match("x", (Field.DESTINATION, Field.DESTINATION_PORT), ((Range(A, A), Range(25, 25)),), negated=True),
    ]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("iifname", '"lan*"', Word("lan", prefix=True)),
        ("meta oifname", "lan\\*", Word("lan*")),
        ("ct state", "new", Word("new")),
        ("meta nfproto", "ipv6", Range(6, 6)),
        ("meta l4proto", "tcp", Range(6, 6)),
        ("meta l4proto", "6-17", Range(6, 17)),
        ("th dport", "20-30", Range(20, 30)),
        ("ct original proto-dst", "25", Range(25, 25)),
    ],
)
def test_values(name: str, value: str, expected: object) -> None:
    assert expected == terms.condition("x", [name], [(value,)])[-1].elements[0][0]


@pytest.mark.parametrize(
    ("name", "value", "negated", "text"),
    [
        ("meta skuid", "105", False, "x"),
        ("ct status", "assured", False, "x"),
        ("ct status", "dnat", True, "x"),
        ("ct status", "dnat", False, "ct status { dnat }"),
        ("tcp dport", "@ports", False, "x"),
        ("ip daddr", "mail.example.net", False, "x"),
    ],
)
def test_what_is_not_understood_stays_as_text(name: str, value: str, negated: bool, text: str) -> None:
    assert [Match(text)] == terms.condition(text, [name], [(value,)], negated=negated)


def test_flags() -> None:
    assert Bits(23, 2) == terms.flags("x", ["fin", "syn", "rst", "ack"], ["syn"])[-1].elements[0][0]
    assert [Match("x")] == terms.flags("x", ["xmas"], ["syn"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["accept"], Target(Action.ACCEPT, "accept")),
        (["jump", "mail"], Target(Action.JUMP, "jump mail", chain="mail")),
        (["goto", "mail"], Target(Action.GOTO, "goto mail", chain="mail")),
        (["queue"], Target(Action.UNKNOWN, "queue")),
        ([], Target(Action.UNKNOWN, "")),
    ],
)
def test_verdicts(words: list[str], expected: Target) -> None:
    assert expected == terms.verdict(words)


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [
        ("tcp reset", "", "tcp-reset"),
        ("icmp", "admin-prohibited", "icmp-admin-prohibited"),
        ("", "", "icmp-port-unreachable icmp6-port-unreachable"),
        ("icmp", "weather", ""),
    ],
)
def test_rejections(kind: str, reason: str, expected: str) -> None:
    assert expected == terms.rejection("x", kind, reason).kind


def test_translations() -> None:
    assert Target(Action.DNAT, "x", addresses=(Range(A, A),), ports=Range(25, 25)) == terms.translation(
        Action.DNAT, "x", "192.0.2.66:25"
    )
    assert Target(Action.MASQUERADE, "x") == terms.translation(Action.MASQUERADE, "x", "")
    assert Action.UNKNOWN is terms.translation(Action.DNAT, "x", "somewhere").action


def test_choices() -> None:
    entries = [(("25",), Target(Action.DROP)), (("26",), Target(Action.ACCEPT))]
    found = terms.choice("x", ["tcp dport"], entries)

    assert (Action.CHOOSE, (Field.DESTINATION_PORT,), 2) == (found.action, found.fields, len(found.choices))
    assert Action.UNKNOWN is terms.choice("x", ["meta cpu"], entries).action
