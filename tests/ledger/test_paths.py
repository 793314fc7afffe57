"""Which vantages lie behind which is learnt from what was seen at several, and only for those hosts."""

from tests.ledger.made import MTA, MX1, MX2, OTHER, RESOLVER, contact, lookup, sighting
from wiretruth.ledger.paths import Paths
from wiretruth.model.connection import TiedLookup


def test_packets_of_one_host_or_to_one_host_pass_next() -> None:
    paths = Paths()
    paths.add_connection(contact(sighting(vantage="lan"), sighting(vantage="wan")).connection)

    assert ["wan"] == list(paths.ahead("lan", MTA, MX2))
    assert ["wan"] == list(paths.ahead("lan", OTHER, MX1))
    assert [] == list(paths.ahead("lan", OTHER, MX2))
    assert [] == list(paths.ahead("wan", MTA, MX1))


def test_every_later_vantage_lies_ahead() -> None:
    paths = Paths()
    paths.add_connection(contact(*(sighting(vantage=v) for v in "abc")).connection)

    assert ["b", "c"] == list(paths.ahead("a", MTA, MX1))


def test_a_hairpin_lies_behind_itself_never() -> None:
    paths = Paths()
    paths.add_connection(contact(sighting(vantage="a"), sighting(MX2, vantage="a")).connection)

    assert [] == list(paths.ahead("a", MTA, MX1))


def test_lookups_tell_the_same() -> None:
    paths = Paths()
    paths.add_lookup(TiedLookup(tuple(lookup("A example.net", vantage=v) for v in ("lan", "wan"))))

    assert ["wan"] == list(paths.ahead("lan", MTA, RESOLVER))
