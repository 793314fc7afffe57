"""Contacts are found by client, by server, by both, and by what a rule holds alike."""

import pytest

from tests.ledger.made import MTA, MX1, MX2, OTHER, contact, sighting, survey
from wiretruth.ledger.contacts import Contacts, client_is_near, is_submission, stays_on_host
from wiretruth.ledger.hosts import Hosts
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact

TOLD = [
    contact(sighting(MX1, at=1)),
    contact(sighting(MX2, at=2)),
    contact(sighting(MX1, at=3, client=OTHER)),
    contact(sighting(MX1, at=4, answered=None)),
    contact(sighting(MX1, at=5)),
]


@pytest.fixture
def contacts() -> Contacts:
    made = Contacts()
    for one in TOLD:
        made.add(one)
    return made


def times(found: object) -> list[int]:
    return [c.at for c in found]  # type: ignore[attr-defined] # any iterable of contacts


def test_asked_by_either_end(contacts: Contacts) -> None:
    assert [2, 4] == times(contacts.by(MTA, 2, 4))
    assert [1, 3, 4, 5] == times(contacts.to(MX1))
    assert [3] == times(contacts.to(MX1, OTHER))
    assert [4, 5] == times(contacts.between(MTA, MX1, 2, 9))
    assert [1, 2, 3, 4, 5] == times(contacts)
    assert [] == times(contacts.to("192.0.2.9"))
    assert TOLD[0] is contacts.first_between(MTA, MX1)
    assert None is contacts.first_between(OTHER, MX2)


@pytest.mark.parametrize(("span", "expected"), [((0, 1), False), ((2, 2), True), ((0, 9), True), ((3, 9), False)])
def test_reached_any(contacts: Contacts, span: tuple[int, int], expected: bool) -> None:
    assert expected is contacts.reached_any(MTA, {MX2, "192.0.2.9"}, *span)


def test_like_is_the_same_pair_and_the_same_end(contacts: Contacts) -> None:
    assert [1, 5] == times(contacts.like(TOLD[0]))
    assert [4] == times(contacts.like(TOLD[3]))


def test_alike_by_whatever_key(contacts: Contacts) -> None:
    assert [4] == times(contacts.alike(_outcome, Outcome.UNANSWERED))


def _outcome(told: Contact) -> Outcome:
    return told.connection.outcome


def test_inbound_to_a_host_includes_its_own_loopback_only() -> None:
    """A content filter hands mail back over 127.0.0.1: that belongs to the host on which it was captured."""
    hosts = Hosts()
    made = Contacts(hosts)
    for path, address in (("one.pcap", MTA), ("two.pcap", OTHER)):
        hosts.know(survey(path, path))
        made.add(contact(sighting(address, at=1, client="192.0.2.9", ttl=50, answered=64, vantage=path)))
        made.add(contact(sighting("127.0.0.1", at=2, client="127.0.0.1", vantage=path)))

    assert [(MTA, "one.pcap"), ("127.0.0.1", "one.pcap")] == [
        (c.connection.server.address, c.connection.nearest.vantage) for c in made.inbound_to(MTA, 0, 9)
    ]
    assert [] == times(made.inbound_to(MTA, 3, 9))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [(("127.0.0.1", "127.0.0.1"), True), (("::1", "::1"), True), ((MTA, "127.0.0.1"), False), ((MTA, MX1), False)],
)
def test_stays_on_host(ends: tuple[str, str], expected: bool) -> None:
    """An address of the host's own on ``lo`` is no loopback address: OUTPUT REDIRECT looks so."""
    assert expected is stays_on_host(contact(sighting(ends[1], client=ends[0])).connection)


@pytest.mark.parametrize(("port", "expected"), [(25, False), (2525, False), (465, True), (587, True)])
def test_submission(port: int, expected: bool) -> None:
    assert expected is is_submission(contact(sighting(port=port)).connection)


@pytest.mark.parametrize(
    ("client", "server", "expected"),
    [
        (64, 57, True),
        (50, 64, False),
        (63, 63, None),
        (64, None, True),
        (63, None, None),
        (128, 250, True),
        (255, 255, None),
        (300, 60, None),
    ],
)
def test_nearness_by_hops(client: int, server: int | None, expected: bool | None) -> None:
    assert expected is client_is_near(contact(sighting(ttl=client, answered=server)).connection)
