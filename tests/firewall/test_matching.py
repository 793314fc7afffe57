"""Yes, no, or unknown; negation turns yes and no around and leaves unknown alone."""

from dataclasses import replace

import pytest

from tests.firewall.made import SYN
from wiretruth.firewall.matching import Answer, holds
from wiretruth.firewall.packet import Passing
from wiretruth.model.ruleset import Bits, Field, Match, Range, Value, Word, address_number

NET = Range(address_number("198.51.100.0"), address_number("198.51.100.255"))
GRE = replace(SYN, protocol=47)
LAN = replace(SYN, in_interface="lan0")
PAIR = (Field.DESTINATION, Field.DESTINATION_PORT)
HOLES = Bits(address_number("255.0.255.255"), address_number("198.0.100.10"))


def one(field: Field, *values: Value, negated: bool = False) -> Match:
    return Match("", (field,), tuple((value,) for value in values), negated)


@pytest.mark.parametrize(
    ("packet", "match", "answer"),
    [
        (SYN, Match("-m owner --uid-owner 105"), Answer.UNKNOWN),
        (SYN, one(Field.DESTINATION, NET), Answer.YES),
        (SYN, one(Field.DESTINATION, NET, negated=True), Answer.NO),
        (SYN, one(Field.SOURCE, NET), Answer.NO),
        (SYN, one(Field.SOURCE, NET, negated=True), Answer.YES),
        (SYN, one(Field.DESTINATION, HOLES), Answer.YES),
        (SYN, one(Field.SOURCE, HOLES), Answer.NO),
        (SYN, one(Field.DESTINATION_PORT, Range(587, 587), Range(20, 30)), Answer.YES),
        (SYN, one(Field.EITHER_PORT, Range(41000, 41000)), Answer.YES),
        (SYN, one(Field.TCP_FLAGS, Bits(0x17, 0x02)), Answer.YES),
        (SYN, one(Field.TCP_FLAGS, Bits(0x17, 0x12)), Answer.NO),
        (SYN, one(Field.STATE, Word("established")), Answer.NO),
        (SYN, one(Field.STATE, Word("established"), Word("new")), Answer.YES),
        (SYN, one(Field.IN_INTERFACE, Word("lan0")), Answer.UNKNOWN),
        (SYN, one(Field.IN_INTERFACE, Word("lan0"), negated=True), Answer.UNKNOWN),
        (LAN, one(Field.IN_INTERFACE, Word("lan0")), Answer.YES),
        (LAN, one(Field.IN_INTERFACE, Word("lan", prefix=True)), Answer.YES),
        (LAN, one(Field.IN_INTERFACE, Word("lan")), Answer.NO),
        (LAN, one(Field.IN_INTERFACE, Range(0, 9)), Answer.NO),
        (SYN, one(Field.DESTINATION), Answer.NO),
        (GRE, one(Field.DESTINATION_PORT, Range(25, 25)), Answer.NO),
        (GRE, one(Field.DESTINATION_PORT, Range(25, 25), negated=True), Answer.NO),
        (SYN, Match("", PAIR, ((NET, Range(25, 25)),)), Answer.YES),
        (SYN, Match("", PAIR, ((NET, Range(26, 26)),)), Answer.NO),
        (SYN, Match("", (Field.IN_INTERFACE, *PAIR), ((Word("x"), NET, Range(26, 26)),)), Answer.NO),
        (SYN, Match("", (Field.IN_INTERFACE, *PAIR), ((Word("x"), NET, Range(25, 25)),)), Answer.UNKNOWN),
        (SYN, replace(one(Field.DESTINATION, NET), changing=True), Answer.UNKNOWN),
    ],
)
def test_conditions(packet: Passing, match: Match, answer: Answer) -> None:
    assert answer is holds(match, packet)
