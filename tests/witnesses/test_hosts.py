"""Hosts as logs write them."""

import pytest

from wiretruth.model.packet import Endpoint
from wiretruth.witnesses._hosts import Host, canonical, endpoint, find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mx.example.net[192.0.2.1]:25", Host("mx.example.net", "192.0.2.1", 25)),
        ("mx.example.net. [192.0.2.1], dsn", Host("mx.example.net", "192.0.2.1", None)),
        ("unknown[2001:DB8::0:1]", Host(None, "2001:db8::1", None)),
        ("[IPv6:2001:db8::1]", Host(None, "2001:db8::1", None)),
        ("x[::ffff:192.0.2.1]:99999", Host("x", "192.0.2.1", None)),
        ("mta[private/dovecot-lmtp]", Host("mta", None, None)),
        ("none", None),
    ],
)
def test_hosts(text: str, expected: Host | None) -> None:
    assert expected == find(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.1:25", Endpoint("192.0.2.1", 25)),
        ("[2001:db8::1]:25", Endpoint("2001:db8::1", 25)),
        ("2001:db8::1:25", Endpoint("2001:db8::1", 25)),
        ("192.0.2.1", None),
        ("x:25", None),
        ("192.0.2.1:٢٥", None),
    ],
)
def test_endpoints(text: str, expected: Endpoint | None) -> None:
    assert expected == endpoint(text)


def test_what_is_no_address() -> None:
    assert canonical("mx.example.net") is None
