"""What nft's expressions mean, whether they came as text or as JSON: terms, operators and elements as plain words.

Source: nft(8) PRIMARY EXPRESSIONS, PAYLOAD EXPRESSIONS, CONNTRACK EXPRESSIONS.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wiretruth.model.ruleset import Action, Bits, Field, Match, Range, Target, Value, Word
from wiretruth.witnesses._values import address, endpoint, port, protocol, whole

_FAMILIES: Final = {"ipv4": 4, "ipv6": 6, "ip": 4, "ip6": 6}
_FLAGS: Final = {"fin": 1, "syn": 2, "rst": 4, "psh": 8, "ack": 16, "urg": 32, "ecn": 64, "cwr": 128}
_STATES: Final = ("new", "established", "related", "invalid", "untracked")
_STATUSES: Final = ("dnat", "snat")
_DIRECTIONS: Final = ("original", "reply")

Element = tuple[str, ...]
"""One value for each term, as words."""


@dataclass(slots=True)
class NamedSet:
    """A set or a map that rules refer to."""

    elements: list[tuple[Element, str]]
    """Each with what a map leads to; ``""`` in a set."""
    changing: bool = False


Sets = Mapping[str, NamedSet]


@dataclass(frozen=True, slots=True)
class Term:
    """What an expression looks at."""

    field: Field
    value: Callable[[str], Value]
    needs: tuple[tuple[Field, int], ...] = ()
    """What nft asks for besides, without saying so: the family, or the transport protocol."""


def _word(*known: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if text not in known:
            raise ValueError(text)
        return Word(text)

    return read


def _interface(text: str) -> Value:
    name = text.strip('"')
    if name.endswith("\\*"):
        return Word(name[:-2] + "*")
    return Word(name.removesuffix("*"), name.endswith("*"))


def _family(text: str) -> Value:
    number = _FAMILIES[text]
    return Range(number, number)


def _port(text: str) -> Value:
    return port(text, "-")


def _protocol(text: str) -> Value:
    first, hyphen, last = text.partition("-")
    if hyphen and first.isdigit():
        return Range(whole(first, 255), whole(last, 255))
    return protocol(text)


_V4, _V6 = ((Field.FAMILY, 4),), ((Field.FAMILY, 6),)

TERMS: Final[dict[str, Term]] = {
    "ip saddr": Term(Field.SOURCE, address, _V4),
    "ip daddr": Term(Field.DESTINATION, address, _V4),
    "ip6 saddr": Term(Field.SOURCE, address, _V6),
    "ip6 daddr": Term(Field.DESTINATION, address, _V6),
    "ip protocol": Term(Field.PROTOCOL, _protocol, _V4),
    "ip6 nexthdr": Term(Field.PROTOCOL, _protocol, _V6),
    "meta l4proto": Term(Field.PROTOCOL, _protocol),
    "meta nfproto": Term(Field.FAMILY, _family),
    "meta protocol": Term(Field.FAMILY, _family),
    "iifname": Term(Field.IN_INTERFACE, _interface),
    "oifname": Term(Field.OUT_INTERFACE, _interface),
    "iif": Term(Field.IN_INTERFACE, _interface),
    "oif": Term(Field.OUT_INTERFACE, _interface),
    "ct state": Term(Field.STATE, _word(*_STATES)),
    "ct status": Term(Field.STATUS, _word(*_STATUSES)),
    "ct direction": Term(Field.DIRECTION, _word(*_DIRECTIONS)),
    "ct original ip saddr": Term(Field.ORIGINAL_SOURCE, address, _V4),
    "ct original ip daddr": Term(Field.ORIGINAL_DESTINATION, address, _V4),
    "ct original ip6 saddr": Term(Field.ORIGINAL_SOURCE, address, _V6),
    "ct original ip6 daddr": Term(Field.ORIGINAL_DESTINATION, address, _V6),
    "ct original saddr": Term(Field.ORIGINAL_SOURCE, address),
    "ct original daddr": Term(Field.ORIGINAL_DESTINATION, address),
    "ct original proto-src": Term(Field.ORIGINAL_SOURCE_PORT, _port),
    "ct original proto-dst": Term(Field.ORIGINAL_DESTINATION_PORT, _port),
    "th sport": Term(Field.SOURCE_PORT, _port),
    "th dport": Term(Field.DESTINATION_PORT, _port),
    **{
        f"{name} {side}": Term(field, _port, ((Field.PROTOCOL, number),))
        for name, number in (("tcp", 6), ("udp", 17), ("sctp", 132), ("dccp", 33), ("udplite", 136))
        for side, field in (("sport", Field.SOURCE_PORT), ("dport", Field.DESTINATION_PORT))
    },
}
"""Expressions that are understood, by their words; ``meta`` may stand before interfaces."""


def term(words: str) -> Term:
    """Give what an expression looks at.

    Raises:
        KeyError: it is not understood.
    """
    return TERMS[words.removeprefix("meta ") if words.removeprefix("meta ") in TERMS else words]


def condition(
    text: str, terms: Sequence[str], elements: Iterable[Element], *, negated: bool = False, changing: bool = False
) -> list[Match]:
    """Give the conditions of one expression, the unspoken ones first; a single one of text where it is not understood."""
    try:
        known = [term(words) for words in terms]
        values = tuple(tuple(one.value(word) for one, word in zip(known, element, strict=True)) for element in elements)
    except (KeyError, ValueError):
        return [Match(text)]
    if any(one.field is Field.STATUS for one in known) and (negated or "{" in text or "@" in text):
        return [Match(text)]  # compared with all bits of the status, of which only some are known
    return [*needs(text, terms), Match(text, tuple(one.field for one in known), values, negated, changing)]


def needs(text: str, terms: Iterable[str]) -> list[Match]:
    """Give the unspoken conditions of terms.

    Raises:
        KeyError: one is not understood.
    """
    asked = dict.fromkeys(need for words in terms for need in term(words).needs)
    return [Match(text, (field,), ((Range(number, number),),)) for field, number in asked]


def flags(text: str, mask: Iterable[str], value: Iterable[str], *, negated: bool = False) -> list[Match]:
    """Give the condition that of the TCP flags in *mask* exactly those in *value* are set."""
    try:
        bits = Bits(sum({_FLAGS[flag] for flag in mask}), sum({_FLAGS[flag] for flag in value}))
    except KeyError:
        return [Match(text)]
    tcp = Match(text, (Field.PROTOCOL,), ((Range(6, 6),),))
    return [tcp, Match(text, (Field.TCP_FLAGS,), ((bits,),), negated)]


_VERDICTS: Final = {
    "accept": Action.ACCEPT,
    "drop": Action.DROP,
    "return": Action.RETURN,
    "continue": Action.CONTINUE,
}


def verdict(words: Sequence[str]) -> Target:
    """Give what a verdict does, by its words: ``accept``, or ``jump`` and a chain."""
    text = " ".join(words)
    match list(words):
        case [plain] if plain in _VERDICTS:
            return Target(_VERDICTS[plain], text)
        case ["jump" | "goto" as how, chain]:
            return Target(Action(how), text, chain=chain)
    return Target(Action.UNKNOWN, text)


def choice(text: str, terms: Sequence[str], entries: Iterable[tuple[Element, Target]]) -> Target:
    """Give the target that depends on the packet; UNKNOWN where its terms are not understood."""
    try:
        known = [term(words) for words in terms]
        choices = tuple(
            (tuple(one.value(word) for one, word in zip(known, element, strict=True)), target)
            for element, target in entries
        )
    except (KeyError, ValueError):
        return Target(Action.UNKNOWN, text)
    return Target(Action.CHOOSE, text, fields=tuple(one.field for one in known), choices=choices)


def translation(action: Action, text: str, destination: str) -> Target:
    """Give a translation to ``address``, ``address:port``, ``:port``; UNKNOWN where it is none of these."""
    if not destination and action in (Action.MASQUERADE, Action.REDIRECT):
        return Target(action, text)
    try:
        addresses, ports = endpoint(destination)
    except ValueError:
        return Target(Action.UNKNOWN, text)
    return Target(action, text, addresses=() if action is Action.TPROXY else addresses, ports=ports)


_REJECTIONS: Final = {
    ("icmp", "net-unreachable"): "icmp-net-unreachable",
    ("icmp", "host-unreachable"): "icmp-host-unreachable",
    ("icmp", "prot-unreachable"): "icmp-proto-unreachable",
    ("icmp", "port-unreachable"): "icmp-port-unreachable",
    ("icmp", "net-prohibited"): "icmp-net-prohibited",
    ("icmp", "host-prohibited"): "icmp-host-prohibited",
    ("icmp", "admin-prohibited"): "icmp-admin-prohibited",
    ("icmpv6", "no-route"): "icmp6-no-route",
    ("icmpv6", "admin-prohibited"): "icmp6-adm-prohibited",
    ("icmpv6", "addr-unreachable"): "icmp6-addr-unreachable",
    ("icmpv6", "port-unreachable"): "icmp6-port-unreachable",
    ("icmpv6", "policy-fail"): "icmp6-policy-fail",
    ("icmpv6", "reject-route"): "icmp6-reject-route",
    ("icmpx", "no-route"): "icmp-net-unreachable icmp6-no-route",
    ("icmpx", "port-unreachable"): "icmp-port-unreachable icmp6-port-unreachable",
    ("icmpx", "host-unreachable"): "icmp-host-unreachable icmp6-addr-unreachable",
    ("icmpx", "admin-prohibited"): "icmp-admin-prohibited icmp6-adm-prohibited",
}
"""nft's names of rejections, in iptables' words; of ``icmpx`` both families'."""


def rejection(text: str, kind: str, reason: str = "") -> Target:
    """Give what ``reject`` does: kind ``tcp reset``, ``icmp``, ``icmpv6``, ``icmpx``; the reason as nft names it."""
    if kind == "tcp reset":
        return Target(Action.REJECT, text, kind="tcp-reset")
    return Target(Action.REJECT, text, kind=_REJECTIONS.get((kind or "icmpx", reason or "port-unreachable"), ""))
