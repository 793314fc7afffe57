"""The words of one rule: what it matches, what it does, and what of it was not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.ruleset import Action, Bits, Field, Match, Range, Target, Value, Word, address_number
from wiretruth.witnesses._iptables_rule import understand, words

NET = Range(address_number("192.0.2.0"), address_number("192.0.2.255"))
STRANGER = Range(address_number("192.0.2.66"), address_number("192.0.2.66"))


def matches(text: str) -> list[Match]:
    return list(understand(words(text), ("mine",))[0])


def target(text: str) -> Target:
    (found,) = understand(words(text), ("mine",))[1]
    return found


@pytest.mark.parametrize(
    ("text", "field", "values", "negated"),
    [
        ("-s 192.0.2.0/24", Field.SOURCE, [NET], False),
        ("! -d 192.0.2.0/24", Field.DESTINATION, [NET], True),
        ("-i lan0", Field.IN_INTERFACE, [Word("lan0")], False),
        ("! -o eth+", Field.OUT_INTERFACE, [Word("eth", prefix=True)], True),
        ("-i +", Field.IN_INTERFACE, [Word("", prefix=True)], False),
        ("-p udp", Field.PROTOCOL, [Range(17, 17)], False),
        ("-m tcp --dport 25", Field.DESTINATION_PORT, [Range(25, 25)], False),
        ("-m tcp ! --sport 1024:65535", Field.SOURCE_PORT, [Range(1024, 65535)], True),
        ("-m multiport --dports 25,587:590", Field.DESTINATION_PORT, [Range(25, 25), Range(587, 590)], False),
        ("-m multiport ! --ports 25", Field.EITHER_PORT, [Range(25, 25)], True),
        ("-m iprange --src-range 192.0.2.0-192.0.2.255", Field.SOURCE, [NET], False),
        ("-m conntrack --ctstate NEW,RELATED", Field.STATE, [Word("new"), Word("related")], False),
        ("-m state --state NEW", Field.STATE, [Word("new")], False),
        ("-m conntrack --ctorigdst 192.0.2.0/24", Field.ORIGINAL_DESTINATION, [NET], False),
        ("-m tcp --tcp-flags FIN,SYN,RST,ACK SYN", Field.TCP_FLAGS, [Bits(23, 2)], False),
        ("-m tcp --tcp-flags ALL NONE", Field.TCP_FLAGS, [Bits(63, 0)], False),
        ("-m tcp --syn", Field.TCP_FLAGS, [Bits(23, 2)], False),
    ],
)
def test_conditions(text: str, field: Field, values: list[Value], negated: bool) -> None:
    (found,) = matches(text)

    assert ((field,), tuple((v,) for v in values), negated) == (found.fields, found.elements, found.negated)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("-m owner --uid-owner 105", ["-m owner --uid-owner 105"]),
        ("-p tcp -m owner ! --uid-owner 105 -m limit --limit 5/min", ["-m owner ! --uid-owner 105", "-m limit --limit 5/min"]),
        ("-m set --match-set blocked src", ["-m set --match-set blocked src"]),
        ("-m addrtype --dst-type LOCAL", ["-m addrtype --dst-type LOCAL"]),
        ("-m string --algo bm --to 65535 --string x", ["-m string --algo bm --to 65535 --string x"]),
        ("-m owner --uid-owner 105 -s 192.0.2.0/24", ["-m owner --uid-owner 105"]),
        ("-f", ["-f"]),
        ("-m tcp --tcp-option 8", ["--tcp-option 8"]),
        ("-m conntrack --ctstatus ASSURED", ["--ctstatus ASSURED"]),
        ("-s nonsense", ["-s nonsense"]),
        ("-m comment --comment -j", []),
        ("-m comment --comment -j -f", ["-f"]),
        ('-m comment --comment "-m owner --uid-owner 1"', []),
    ],
)  # fmt: skip
def test_what_is_not_understood_stays_as_text(text: str, unknown: list[str]) -> None:
    assert unknown == [match.text for match in matches(text) if not match.fields]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-j ACCEPT", Target(Action.ACCEPT)),
        ("-j DROP", Target(Action.DROP)),
        ("-j RETURN", Target(Action.RETURN)),
        ("-j mine", Target(Action.JUMP, chain="mine")),
        ("-g mine", Target(Action.GOTO, chain="mine")),
        ("-j REJECT", Target(Action.REJECT, kind="icmp-port-unreachable")),
        ("-j REJECT --reject-with tcp-reset", Target(Action.REJECT, kind="tcp-reset")),
        ('-j LOG --log-prefix "-j DROP"', Target(Action.CONTINUE)),
        ("-j CT --notrack", Target(Action.UNTRACK)),
        ("-j CT --zone 1", Target(Action.CONTINUE)),
        ("-j NFQUEUE --queue-num 0", Target(Action.UNKNOWN)),
        ("-j theirs", Target(Action.UNKNOWN)),
        ("-j DNAT --to-destination 192.0.2.66:25 --random", Target(Action.DNAT, addresses=(STRANGER,), ports=Range(25, 25))),
        ("-j DNAT --to-destination nobody", Target(Action.UNKNOWN)),
        ("-j DNAT", Target(Action.UNKNOWN)),
        ("-j SNAT --to-source 192.0.2.66", Target(Action.SNAT, addresses=(STRANGER,))),
        ("-j MASQUERADE --random-fully", Target(Action.MASQUERADE)),
        ("-j REDIRECT --to-ports 10025", Target(Action.REDIRECT, ports=Range(10025, 10025))),
        ("-j REDIRECT", Target(Action.REDIRECT)),
        ("-j TPROXY --on-port 2525 --on-ip 127.0.0.1 --tproxy-mark 0x1/0x1", Target(Action.TPROXY, ports=Range(2525, 2525))),
    ],
)  # fmt: skip
def test_targets(text: str, expected: Target) -> None:
    found = target(text)

    assert words(text) == words(found.text) or '"' in text
    assert expected == Target(found.action, "", found.chain, found.addresses, found.ports, found.kind)


def test_words_as_iptables_restore_splits_them() -> None:
    assert ["-m", "comment", "--comment", 'hello "world" x', "-j", "DROP"] == words(
        r'-m comment --comment "hello \"world\" x" -j DROP'
    )


@given(
    st.text()
    | st.lists(st.sampled_from(["!", "-s", "-m", "tcp", "--dport", "-j", "DNAT", "--to-destination", '"', "1"])).map(
        " ".join
    )
)
def test_hostile_words_raise_nothing(text: str) -> None:
    understand(words(text), ())
