"""The record of a lookup, against the contract's keys."""

from tests.reports import scenes
from wiretruth.reports._records.lookup import lookup_record


def test_seed_lookup() -> None:
    assert {
        "id": "603a39946f0e2bc3",
        "at": "2026-11-20T18:29:43.288552000Z",
        "vantage": "mta-eth0",
        "client": "10.10.0.5",
        "resolver": "198.51.100.53",
        "transport": "udp",
        "name": "example.net",
        "type": "MX",
        "rcode": "NOERROR",
        "truncated": False,
        "queries": 1,
        "latency_ms": 0.468,
        "frames": [3, 4],
        "purpose": "the mail hosts of example.net",
        "unicode": None,
        "answers": [{"owner": "example.net", "type": "MX", "data": "10 mail.example.net", "ttl": 300}],
    } == lookup_record(scenes.lookup("example.net", "MX", "10 mail.example.net", 3, scenes.at(40)))


def test_nobody_answered() -> None:
    record = lookup_record(scenes.lookup("example.net", "MX", None, 3, scenes.at(40), rcode=None))

    assert (None, None, []) == (record["rcode"], record["latency_ms"], record["answers"])
    assert (2, [3]) == (record["queries"], record["frames"])
