"""A host that asks over IPv4 and sends over IPv6 is one host, where nobody else can be meant."""

import pytest

from tests.ledger.made import MTA, MX1, OTHER, contact, sighting, survey, told
from wiretruth.ledger.hosts import Hosts
from wiretruth.ledger.names import Names
from wiretruth.model.statements import Resolution

V6, MX6 = "2001:db8:10::5", "2001:db8:100::10"
MX = told("MX example.net", "example.net MX 10 mail.example.net", at=1)
AAAA = told("AAAA mail.example.net", f"mail.example.net AAAA {MX6}", at=2)

SOMEBODY_ELSE = (
    told("MX other.example", "other.example MX 10 x.example", at=3, client=OTHER),
    told("A x.example", f"x.example A {MX1}", at=4, client=OTHER),
)


def expected_by(client: str, *asked: Resolution, ttl: int = 64) -> list[str]:
    """Give the addresses that a client of a connection past the tap had been told."""
    hosts = Hosts()
    hosts.know(survey())
    names = Names(hosts)
    for resolution in asked:
        names.add(resolution)
    hosts.meet(contact(sighting(MX6, client=client, ttl=ttl)))
    found = names.mail_hosts(client, "example.net", 99)
    return [address for host in (found.hosts if found else ()) for address in host.addresses]


def test_the_only_seeker_is_the_same_host() -> None:
    assert [MX6] == expected_by(V6, MX, AAAA)


@pytest.mark.parametrize(
    ("client", "ttl", "others"),
    [
        (V6, 50, ()),  # a stranger from afar
        (OTHER, 64, ()),  # of the same version: another host
        (V6, 64, SOMEBODY_ELSE),  # two hosts that seek
        (V6, 64, (told("A www.example", f"www.example A {MX1}", client=V6),)),  # it asks itself
    ],
)
def test_whoever_else_it_may_be_is_not_tied(client: str, ttl: int, others: tuple[Resolution, ...]) -> None:
    assert [] == expected_by(client, MX, AAAA, *others, ttl=ttl)


def test_who_only_asks_for_mx_sends_no_mail() -> None:
    """A receiver checks senders so."""
    assert [MX6] == expected_by(V6, MX, AAAA, SOMEBODY_ELSE[0])


def test_a_resolver_that_asks_authoritative_servers_serves_anybody() -> None:
    searched = (
        told("MX example.net", "example.net MX 10 mail.example.net", recursion_desired=False, authoritative=True),
        told("AAAA mail.example.net", f"mail.example.net AAAA {MX6}", recursion_desired=False, authoritative=True),
    )

    assert [] == expected_by(V6, *searched)


def test_it_did_not_ask_itself() -> None:
    hosts = Hosts()
    names = Names(hosts)
    names.add(MX)
    hosts.meet(contact(sighting(MX6, client=V6, ttl=64)))

    assert (True, False) == (names.asked(MTA), names.asked(V6))
