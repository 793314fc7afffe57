"""Packets of one exchange have one key, whichever way they go and whoever quotes them."""

import dns.message

from tests.evidence.frames import taken
from tests.rules.packets import ACK, ICMP, TCP, UDP, icmp_error, ip, tcp, udp
from tests.rules.scene import MTA, MX1, RESOLVER, TAP, Frame, Scene
from tests.rules.session import Session
from wiretruth.evidence.conversations import Key, hosts_of, key, key_of, of_deliveries, tied
from wiretruth.model.packet import Endpoint, Packet

QUERY = dns.message.make_query("example.net", "MX", id=4711).to_wire()


def keyed(octets: bytes) -> Key | None:
    packet = taken([Frame(0, octets, len(octets))])[0].packet()
    assert isinstance(packet, Packet)
    return key_of(packet)


def test_both_directions_and_an_error() -> None:
    there, back = ip(MTA, MX1, TCP, tcp((4, 25), (1, 1), ACK)), ip(MX1, MTA, TCP, tcp((25, 4), (1, 1), ACK))
    error = icmp_error("10.10.0.1", there, 3, 1)

    assert {key(TCP, Endpoint(MX1, 25), Endpoint(MTA, 4))} == {keyed(one) for one in (there, back, error)}


def test_a_lookup_is_told_by_its_id() -> None:
    asked = ip(MTA, RESOLVER, UDP, udp((4, 53), QUERY))
    other = ip(MTA, RESOLVER, UDP, udp((4, 53), b"\0\1" + QUERY[2:]))

    assert 4711 == (keyed(asked) or key(0, Endpoint("", 0), Endpoint("", 0))).id
    assert keyed(asked) == keyed(icmp_error(RESOLVER, asked, 3, 3))
    assert keyed(asked) != keyed(other)


def test_what_belongs_to_no_exchange() -> None:
    assert keyed(ip(MTA, MX1, ICMP, bytes([8, 0, 0, 0, 0, 0, 0, 0]))) is None


def test_an_error_speaks_of_the_hosts_that_it_quotes() -> None:
    octets = icmp_error("10.10.0.1", ip(MTA, MX1, TCP, tcp((4, 25), (1, 1), ACK)), 3, 1)
    packet = taken([Frame(0, octets, len(octets))])[0].packet()

    assert isinstance(packet, Packet)
    assert {"10.10.0.1", MTA, MX1} == hosts_of(packet)


def test_the_report_tells_what_belongs_together() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).connect().close()
    report = scene.report()
    first = taken(scene.frames[TAP])[0].packet()
    assert isinstance(first, Packet)
    start = key_of(first)
    assert start is not None
    lookup = tied(report, [start])

    assert {start} <= lookup
    assert any(one.protocol == TCP for one in of_deliveries(report, lookup)) or not report.deliveries
