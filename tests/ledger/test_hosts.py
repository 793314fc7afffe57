"""127.0.0.1 is another host in every capture: only what sends from the capturing host itself shares it."""

import pytest

from tests.ledger.made import MTA, OTHER, contact, sighting, survey
from wiretruth.ledger.hosts import MAX_LOOPBACK, Hosts, hops_behind, is_loopback

STUB = "127.0.0.53"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.255.0.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("1.127.0.1", False),
        ("::", False),
    ],
)
def test_loopback(address: str, expected: bool) -> None:
    assert expected is is_loopback(address)


@pytest.mark.parametrize(
    ("ttl", "expected"),
    [(None, None), (64, 0), (63, 1), (65, 63), (128, 0), (255, 0), (129, 126), (0, 64), (256, None)],
)
def test_hops(ttl: int | None, expected: int | None) -> None:
    assert expected == hops_behind(ttl)


def two_captures() -> Hosts:
    """Two mail servers, each captured on itself, each with a stub resolver on its loopback interface."""
    hosts = Hosts()
    for path in ("one.pcap", "two.pcap"):
        hosts.know(survey(f"{path}#lo", path))
        hosts.know(survey(f"{path}#eth0", path))
        hosts.asker(f"{path}#lo", STUB)
    return hosts


def test_each_host_has_its_own_loopback() -> None:
    hosts = two_captures()
    hosts.meet(contact(sighting(client=MTA, vantage="one.pcap#eth0")))
    hosts.meet(contact(sighting(client=OTHER, vantage="two.pcap#eth0")))

    assert [("", MTA), ("one.pcap", STUB)] == hosts.same(MTA)
    assert [("", OTHER), ("two.pcap", STUB)] == hosts.same(OTHER)


def test_the_server_at_hand_has_it_as_well() -> None:
    hosts = two_captures()
    hosts.meet(contact(sighting(MTA, client="192.0.2.9", ttl=50, answered=64, vantage="one.pcap#eth0")))

    assert [("one.pcap", STUB)] == hosts.loopbacks(MTA)
    assert [] == hosts.loopbacks("192.0.2.9")


@pytest.mark.parametrize("first", ["one.pcap#lan", "one.pcap#wan"])
def test_what_a_gateway_forwards_is_not_its_own(first: str) -> None:
    """The client has no hop behind it on the gateway's inner side, and one on its outer side."""
    hosts = two_captures()
    hosts.know(survey("one.pcap#lan", "one.pcap"))
    hosts.know(survey("one.pcap#wan", "one.pcap"))
    seen = {
        "one.pcap#lan": sighting(vantage="one.pcap#lan", ttl=64),
        "one.pcap#wan": sighting(vantage="one.pcap#wan", ttl=63),
    }
    hosts.meet(contact(seen.pop(first), *seen.values()))

    assert [] == hosts.loopbacks(MTA)


def test_who_was_never_met_has_none() -> None:
    assert [("", MTA)] == two_captures().same(MTA)


def test_a_loopback_address_is_each_hosts() -> None:
    assert [("one.pcap", STUB), ("two.pcap", STUB)] == two_captures().same(STUB)
    assert [] == two_captures().same("127.0.0.9")


def test_a_crafted_crowd_of_loopback_addresses_is_bounded_and_counted() -> None:
    hosts = Hosts()
    for number in range(MAX_LOOPBACK + 5):
        hosts.asker("tap", f"127.0.1.{number}")
    hosts.meet(contact(sighting()))

    assert (MAX_LOOPBACK, 5) == (len(hosts.loopbacks(MTA)), hosts.given_up)
