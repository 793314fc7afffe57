import pytest

from tests.wire.made import CLIENT6, ETHERNET, MACS, SERVER6, decoded, ipv6, packet, places, tcp, udp
from wiretruth.model.packet import Fragment, Packet, TcpSegment, UdpDatagram, Unread
from wiretruth.wire.ipv6 import Payload, payload

DATAGRAM = UdpDatagram(40000, 53, b"query", 5)
QUERY = udp(b"query")
PACKET = Packet("tap#None", 7, 1_000, CLIENT6, SERVER6, 17, 61, None, True, 53, DATAGRAM)
OPTIONS = bytes.fromhex("1100010400000000")
FIRST = bytes.fromhex("11000001") + b"\0\0\0\7"
LATER = bytes.fromhex("110005a8") + b"\0\0\0\7"
ATOMIC = bytes.fromhex("11000000") + b"\0\0\0\7"


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (ipv6(QUERY), PACKET),
        (ipv6(QUERY) + b"padding", PACKET),
        (ipv6(OPTIONS + QUERY, 0), PACKET._replace(ip_length=61)),
        (ipv6(OPTIONS + QUERY, 60), PACKET._replace(ip_length=61)),
        (ipv6(ATOMIC + QUERY, 44), PACKET._replace(ip_length=61)),
        (ipv6(b"left", 59), PACKET._replace(protocol=59, ip_length=44, transport=None)),
        (ipv6(b"sctp", 132), PACKET._replace(protocol=132, ip_length=44, transport=None)),
        (
            ipv6(FIRST + QUERY, 44),
            PACKET._replace(ip_length=61, transport=None, fragment=Fragment(7, 0, True, QUERY)),
        ),
        (
            ipv6(LATER + QUERY, 44),
            PACKET._replace(ip_length=61, transport=None, fragment=Fragment(7, 1448, False, QUERY)),
        ),
    ],
    ids=[
        "plain",
        "padding",
        "hop-by-hop",
        "destination",
        "atomic",
        "no next header",
        "another protocol",
        "first",
        "later",
    ],
)
def test_packet(octets: bytes, expected: Packet) -> None:
    assert expected == packet(octets)


def test_payload_length_0_means_the_whole_frame() -> None:
    """A jumbo payload, or segmentation offload."""
    found = packet(ipv6(tcp(bytes(70_000)), 6, length=0))

    assert isinstance(found.transport, TcpSegment)
    assert (70_060, 70_000) == (found.ip_length, found.transport.length)
    assert () == found.faults


def test_payload_length_beyond_the_frame_is_a_fault_and_the_packet_ends_with_the_frame() -> None:
    found = packet(ipv6(QUERY, length=1000))

    assert PACKET._replace(ip_length=1040, faults=found.faults) == found
    assert ["ipv6 payload length"] == places(found)


def test_segment_ends_with_the_frame() -> None:
    found = packet(ipv6(tcp(b"EHLO"), 6, length=29_740))

    assert isinstance(found.transport, TcpSegment)
    assert (b"EHLO", 4) == (found.transport.payload, found.transport.length)


def test_cut_by_the_capture_keeps_the_length_on_the_wire() -> None:
    octets = ipv6(OPTIONS + tcp(b"EHLO"), 0).replace(b"\x11", b"\x06", 1)
    found = packet(octets[:-3], original=len(octets))

    assert isinstance(found.transport, TcpSegment)
    assert (b"E", 4) == (found.transport.payload, found.transport.length)


@pytest.mark.parametrize(
    ("octets", "protocol", "place"),
    [
        (ipv6(OPTIONS[:7], 0), 0, "ipv6 extension"),
        (ipv6(OPTIONS + QUERY[:7], 0), 17, "udp header"),
        (ipv6(b"\x11\xff" + bytes(6), 43), 43, "ipv6 extension"),
    ],
)
def test_damage_behind_the_header_keeps_the_packet(octets: bytes, protocol: int, place: str) -> None:
    found = packet(octets)

    assert (protocol, None, [place]) == (found.protocol, found.transport, places(found))


def test_short_header_is_damage() -> None:
    found = decoded(ipv6(QUERY)[:39])

    assert isinstance(found, Unread)
    assert ("damaged", ["ipv6 header"]) == (found.kind, places(found))


def test_other_version_behind_the_ethertype_is_damage() -> None:
    found = decoded(MACS + b"\x86\xdd" + b"\x45" + ipv6(QUERY)[1:], ETHERNET)

    assert isinstance(found, Unread)
    assert ["ipv6 version"] == places(found)


def test_payload_of_a_reassembled_datagram_may_begin_with_extensions() -> None:
    whole = OPTIONS + QUERY

    assert Payload(17, DATAGRAM, None, ()) == payload(whole, 60, 0, len(whole), len(whole))
