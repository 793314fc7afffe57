"""Where a translation may lead, and where it surely leads."""

import pytest

from tests.firewall.made import CLIENT, MEANT, STRANGER
from wiretruth.firewall.rewriting import may_give, single
from wiretruth.model.packet import Endpoint
from wiretruth.model.ruleset import Action, Range, Target, address_number


def at(first: str, last: str = "") -> tuple[Range, ...]:
    return (Range(address_number(first), address_number(last or first)),)


TO_STRANGER = Target(Action.DNAT, addresses=at(STRANGER.address))
TO_PORT = Target(Action.DNAT, ports=Range(2525, 2525))
TO_MANY = Target(Action.DNAT, addresses=at("192.0.2.60", "192.0.2.69"), ports=Range(25, 30))
REDIRECT = Target(Action.REDIRECT, ports=Range(10025, 10025))
MASQUERADE = Target(Action.MASQUERADE)
SNAT = Target(Action.SNAT, addresses=at("203.0.113.1"))


@pytest.mark.parametrize(
    ("target", "before", "after", "may"),
    [
        (TO_STRANGER, MEANT, STRANGER, True),
        (TO_STRANGER, MEANT, STRANGER._replace(port=2525), False),
        (TO_STRANGER, MEANT, MEANT, False),
        (TO_PORT, MEANT, MEANT._replace(port=2525), True),
        (TO_PORT, MEANT, STRANGER._replace(port=2525), False),
        (TO_MANY, MEANT, STRANGER._replace(port=27), True),
        (TO_MANY, MEANT, STRANGER._replace(port=31), False),
        (REDIRECT, MEANT, Endpoint("127.0.0.1", 10025), True),
        (REDIRECT, MEANT, Endpoint("127.0.0.1", 10026), False),
        (Target(Action.REDIRECT), MEANT, Endpoint("10.10.0.1", 25), True),
        (MASQUERADE, CLIENT, Endpoint("203.0.113.1", 1024), True),
        (SNAT, CLIENT, Endpoint("203.0.113.1", 1024), True),
        (SNAT, CLIENT, Endpoint("203.0.113.2", 41000), False),
    ],
)
def test_may_give(target: Target, before: Endpoint, after: Endpoint, may: bool) -> None:
    assert may is may_give(target, before, after)


@pytest.mark.parametrize(
    ("target", "before", "expected"),
    [
        (TO_STRANGER, MEANT, STRANGER),
        (TO_PORT, MEANT, MEANT._replace(port=2525)),
        (TO_MANY, MEANT, None),
        (REDIRECT, MEANT, None),
        (MASQUERADE, CLIENT, None),
        (SNAT, CLIENT, Endpoint("203.0.113.1", 41000)),
        (TO_PORT, Endpoint("2001:db8::1", 25), Endpoint("2001:db8::1", 2525)),
    ],
)
def test_single(target: Target, before: Endpoint, expected: Endpoint | None) -> None:
    assert expected == single(target, before)
