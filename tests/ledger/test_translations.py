"""Entries belong to a conversation by either of their tuples, and by time where they have one."""

import pytest

from tests.ledger.made import MTA, MX1, RESOLVER, SECOND, STRANGER, contact, lookup, sighting, told
from wiretruth.ledger.translations import MAX_ALIKE, MAX_ENTRIES, Translations
from wiretruth.model.connection import TiedLookup
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation

CLIENT, MEANT, REACHED = Endpoint(MTA, 40000), Endpoint(MX1, 25), Endpoint(STRANGER, 25)
HOUR = 3600 * SECOND


def entry(
    original: Endpoint = MEANT, reached: Endpoint = REACHED, *, at: int | None = None, event: str | None = None
) -> Translation:
    return Translation(
        "conntrack.txt", 1, TCP, FlowTuple(CLIENT, original), FlowTuple(reached, CLIENT), None, event=event, at=at
    )


def found(*entries: Translation, server: str = MX1, at: int = HOUR) -> list[tuple[Endpoint, bool]]:
    translations = Translations()
    for one in entries:
        translations.add(one)
    connection = contact(sighting(server, at=at)).connection
    return [(tracked.entry.reached, tracked.before) for tracked in translations.of_connection(connection)]


@pytest.mark.parametrize(
    ("server", "expected"), [(MX1, [(REACHED, True)]), (STRANGER, [(REACHED, False)]), ("198.51.100.77", [])]
)
def test_either_tuple_ties(server: str, expected: list[tuple[Endpoint, bool]]) -> None:
    assert expected == found(entry(), server=server)


def test_what_translates_comes_first() -> None:
    """Two hosts tracked it: the one behind the translation saw nothing translated."""
    assert [REACHED, REACHED] == [e for e, _ in found(entry(REACHED), entry(), server=STRANGER)]
    assert [False, True] == [before for _, before in found(entry(REACHED), entry(), server=STRANGER)]


@pytest.mark.parametrize(
    ("event", "at", "ties"),
    [
        (None, None, True),
        ("NEW", HOUR, True),
        ("NEW", HOUR + 59 * SECOND, True),
        ("NEW", HOUR - 61 * SECOND, False),
        ("NEW", HOUR + 61 * SECOND, False),
        ("DESTROY", HOUR + 7200 * SECOND, True),
        ("DESTROY", HOUR - 61 * SECOND, False),
    ],
)
def test_time_ties_where_it_is_known(event: str | None, at: int | None, ties: bool) -> None:
    assert ties is bool(found(entry(event=event, at=at)))


def test_events_of_one_connection_are_one_entry() -> None:
    assert 1 == len(found(entry(), entry(event="UPDATE"), entry(event="DESTROY")))


def test_lookups_are_tied_by_protocol() -> None:
    translations = Translations()
    ends = FlowTuple(CLIENT, Endpoint(RESOLVER, 53)), FlowTuple(Endpoint("192.0.2.53", 53), CLIENT)
    translations.add(Translation("conntrack.txt", 1, UDP, *ends, None))
    translations.add(Translation("conntrack.txt", 2, TCP, *ends, None))
    (tracked,) = translations.of_lookup(TiedLookup((lookup("MX example.net"),)))

    assert (UDP, True) == (tracked.entry.protocol, tracked.before)
    assert (MTA, ends[0].destination, ends[1].source) == translations.led_astray(told("MX example.net"))
    assert None is translations.led_astray(told("MX example.net", client="10.10.0.77"))


def test_table_is_bounded() -> None:
    translations = Translations()
    for n in range(MAX_ALIKE + 5):
        translations.add(entry(reached=REACHED._replace(port=n)))

    assert (5, True) == (translations.given_up, bool(translations))
    assert MAX_ENTRIES > MAX_ALIKE


def test_the_source_that_others_see() -> None:
    translations = Translations()
    translations.add(
        Translation(
            "conntrack.txt", 1, TCP, FlowTuple(CLIENT, MEANT), FlowTuple(MEANT, Endpoint("203.0.113.1", 9)), None
        )
    )

    assert (MTA, "203.0.113.1") == translations.leaving(contact(sighting(MX1)))
    assert None is translations.leaving(contact(sighting(STRANGER)))


def test_leading_is_told_where_no_sighting_says_it_itself() -> None:
    assert Translations().leading(contact(sighting())) is None
    assert Translations().leading(contact(sighting(), sighting(STRANGER, vantage="wan"))) is None
