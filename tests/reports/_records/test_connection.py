"""The record of a connection, against the contract's keys."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome
from wiretruth.reports._records.connection import connection_record


def test_seed_connection() -> None:
    here = {
        "vantage": "mta-eth0",
        "client": "10.10.0.5:46810",
        "server": "192.0.2.66:25",
        "outcome": "established",
        "first_frame": 7,
    }
    assert {
        "id": "8189058b2435c155",
        "client": "10.10.0.5:46810",
        "server": "192.0.2.66:25",
        "opened": "2026-11-20T18:29:43.289208000Z",
        "closed": "2026-11-20T18:29:43.289591000Z",
        "outcome": "established",
        "client_octets": 678,
        "server_octets": 294,
        "retransmitted": 0,
        "missing_octets": 0,
        "sightings": [here],
    } == connection_record(scenes.connection())


def test_never_closed() -> None:
    assert connection_record(scenes.connection(outcome=Outcome.UNANSWERED, closed=None))["closed"] is None


def test_every_sighting_is_told() -> None:
    near = scenes.sighting(Endpoint("198.51.100.10", 25))
    far = replace(scenes.sighting(Endpoint("2001:db8::66", 25)), vantage="wan")

    record = connection_record(Connection((near, far)))

    assert "198.51.100.10:25" == record["server"]
    assert [("mta-eth0", "198.51.100.10:25"), ("wan", "[2001:db8::66]:25")] == [
        (s["vantage"], s["server"]) for s in record["sightings"]
    ]
    assert ["coincidence" in s for s in record["sightings"]] == [False, True]


def test_a_further_sighting_says_what_ties_it() -> None:
    near = replace(scenes.sighting(), client_isn=1 << 20, server_isn=1 << 21)
    far = replace(near, vantage="wan", syns=())

    tied = connection_record(Connection((near, far)))["sightings"][1]

    assert ["client's initial sequence number", "server's initial sequence number"] == tied["tied_by"][:2]
    assert 2.0**-72 == tied["coincidence"]
