"""A firewall's rules as data, whichever program wrote them: chains at hooks, rules in order, matches and targets.

What a rule is made of that could not be understood stays in it as text, and counts as unknown wherever it is evaluated.
"""

import enum
from dataclasses import dataclass
from ipaddress import ip_address
from typing import NamedTuple

IPV6_ABOVE = 1 << 128
"""IPv6 addresses are numbered from here, so that one line of numbers holds both families."""


def address_number(address: str) -> int:
    """Give an address its place on the line of all addresses.

    Raises:
        ValueError: it is no address.
    """
    parsed = ip_address(address)
    return int(parsed) + (0 if parsed.version == 4 else IPV6_ABOVE)  # noqa: PLR2004 - the versions are their own names


class Hook(enum.StrEnum):
    """Where netfilter looks at packets, in the words of nftables."""

    PREROUTING = "prerouting"
    INPUT = "input"
    FORWARD = "forward"
    OUTPUT = "output"
    POSTROUTING = "postrouting"


class Family(enum.StrEnum):
    """Which packets a table sees."""

    IP = "ip"
    IP6 = "ip6"
    INET = "inet"
    """Both."""


class Field(enum.StrEnum):
    """What of a packet a match looks at."""

    FAMILY = "family"
    """4 or 6."""
    PROTOCOL = "protocol"
    SOURCE = "source"
    DESTINATION = "destination"
    SOURCE_PORT = "source port"
    DESTINATION_PORT = "destination port"
    EITHER_PORT = "either port"
    IN_INTERFACE = "incoming interface"
    OUT_INTERFACE = "outgoing interface"
    STATE = "connection state"
    """``new``, ``established`` …"""
    STATUS = "connection status"
    """``dnat``, ``snat``."""
    DIRECTION = "direction"
    """``original`` or ``reply``."""
    ORIGINAL_SOURCE = "original source"
    ORIGINAL_DESTINATION = "original destination"
    ORIGINAL_SOURCE_PORT = "original source port"
    ORIGINAL_DESTINATION_PORT = "original destination port"
    TCP_FLAGS = "TCP flags"


class Range(NamedTuple):
    """Numbers from *low* to *high*, both included: ports, protocols, addresses by their number."""

    low: int
    high: int


class Word(NamedTuple):
    """A name; with *prefix*, any name that begins with it (``eth+``, ``eth*``)."""

    text: str
    prefix: bool = False


class Bits(NamedTuple):
    """A number of which the bits of *mask* are those of *value*."""

    mask: int
    value: int


Value = Range | Word | Bits


@dataclass(frozen=True, slots=True)
class Match:
    """A condition: the fields, taken together, are (or are not) one of the elements."""

    text: str
    fields: tuple[Field, ...] = ()
    """Empty: the condition was not understood."""
    elements: tuple[tuple[Value, ...], ...] = ()
    """Each with one value for each field."""
    negated: bool = False
    changing: bool = False
    """The elements come and go (a set with timeouts): what was listed later may not have held for the packet."""


class Action(enum.StrEnum):
    """What a rule does with a packet that it matches."""

    ACCEPT = "accept"
    DROP = "drop"
    REJECT = "reject"
    RETURN = "return"
    JUMP = "jump"
    GOTO = "goto"
    CONTINUE = "continue"
    """It looks, counts, marks or logs: the next rule is asked."""
    UNTRACK = "notrack"
    DNAT = "dnat"
    REDIRECT = "redirect"
    SNAT = "snat"
    MASQUERADE = "masquerade"
    TPROXY = "tproxy"
    CHOOSE = "choose"
    """A verdict map: which of :attr:`Target.choices` depends on the packet."""
    UNKNOWN = "unknown"
    """Not understood: it may do anything."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is done with a packet, and with what parameters."""

    action: Action
    text: str = ""
    """Verbatim."""
    chain: str = ""
    """Of JUMP and GOTO."""
    addresses: tuple[Range, ...] = ()
    """Of a translation, by their numbers; empty: the host's own (REDIRECT, MASQUERADE), or unchanged."""
    ports: Range | None = None
    """Of a translation; ``None``: unchanged as far as possible."""
    kind: str = ""
    """Of REJECT: ``tcp-reset``, ``icmp-port-unreachable`` …; one for each family where there are two."""
    fields: tuple[Field, ...] = ()
    """Of CHOOSE: what its choice depends on."""
    choices: tuple[tuple[tuple[Value, ...], "Target"], ...] = ()
    """Of CHOOSE: elements, each with what it leads to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as it stands in its file."""

    line: int
    text: str
    """Verbatim, without counters that stand before it."""
    matches: tuple[Match, ...]
    targets: tuple[Target, ...]
    """In order; the first that ends the rule ends it. Empty: the rule only counts."""
    packets: int | None = None
    """Its counter; ``None`` where it has none, or it was not written down."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain: a base chain hangs at a hook, any other is jumped to."""

    family: Family
    table: str
    name: str
    line: int
    text: str
    """The line that declares it, verbatim."""
    rules: tuple[Rule, ...]
    hook: Hook | None = None
    priority: int = 0
    """Base chains of one hook are asked in its order."""
    translates: bool = False
    """Of type nat: only the first packet of a connection passes it."""
    policy: Action = Action.ACCEPT
    packets: int | None = None
    """Packets that met the policy; ``None`` where they were not counted."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file: those of one host."""

    source: str
    """The file, as the user named it."""
    chains: tuple[Chain, ...]
    missed: tuple[str, ...] = ()
    """What was not understood and may matter, in words."""

    @property
    def rules(self) -> int:
        """How many rules it holds."""
        return sum(len(chain.rules) for chain in self.chains)
