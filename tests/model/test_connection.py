"""A connection is called what its client's side calls it; who was really contacted is at the far end."""

from tests.ledger.made import MTA, MX1, OTHER, STRANGER, lookup, sighting
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome


def test_a_connection_is_as_its_nearest_sighting_saw_it() -> None:
    near, far = sighting(at=5), sighting(STRANGER, client=OTHER, at=6, outcome=Outcome.RESET)
    one = Connection((near, far))

    assert (near, 5, Outcome.ESTABLISHED) == (one.nearest, one.at, one.outcome)
    assert (Endpoint(MTA, 40000), Endpoint(MX1, 25), Endpoint(STRANGER, 25)) == (one.client, one.server, one.contacted)


def test_a_lookup_is_as_its_nearest_sighting_saw_it() -> None:
    near = lookup("A mail.example.net")

    assert near is TiedLookup((near, lookup("A mail.example.net", vantage="far"))).nearest
