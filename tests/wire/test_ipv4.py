import pytest

from tests.wire.made import CLIENT, ETHERNET, MACS, SERVER, decoded, ipv4, packet, places, tcp, udp
from wiretruth.model.packet import Direction, Fragment, Packet, TcpSegment, UdpDatagram, Unread

DATAGRAM = UdpDatagram(40000, 53, b"query", 5)
QUERY = udp(b"query")
PACKET = Packet("tap#None", 7, 1_000, CLIENT, SERVER, 17, 63, 0x1234, False, 33, DATAGRAM)


AUTHENTICATED = bytes.fromhex("1104 0000 00000001 00000001") + bytes(12)
"""An authentication header with 96 bits of integrity check, UDP behind it."""


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (ipv4(QUERY), PACKET),
        (ipv4(QUERY, pieces=0x4000), PACKET._replace(dont_fragment=True)),
        (ipv4(QUERY, pieces=0x8000), PACKET),
        (ipv4(QUERY, options=bytes(12)), PACKET._replace(ip_length=45)),
        (ipv4(QUERY) + b"padding", PACKET),
        (ipv4(b"sctp", 132), PACKET._replace(protocol=132, ip_length=24, transport=None)),
        (ipv4(AUTHENTICATED + QUERY, 51), PACKET._replace(ip_length=57)),
        (
            ipv4(AUTHENTICATED.replace(b"\x11", b"\x84", 1), 51),
            PACKET._replace(protocol=132, ip_length=44, transport=None),
        ),
    ],
    ids=["plain", "DF", "reserved bit", "options", "padding", "another protocol", "AH", "another protocol behind AH"],
)
def test_packet(octets: bytes, expected: Packet) -> None:
    assert expected == packet(octets)


def test_padding_of_a_short_ethernet_frame_is_no_payload() -> None:
    found = packet((MACS + b"\x08\x00" + ipv4(tcp(), 6)).ljust(60, b"\0"), ETHERNET)

    assert isinstance(found.transport, TcpSegment)
    assert (b"", 0) == (found.transport.payload, found.transport.length)


@pytest.mark.parametrize("cut", [0, 50_000])
def test_total_length_0_means_the_whole_frame(cut: int) -> None:
    """Segmentation offload: captures hold packets that are too long for the field."""
    octets = ipv4(tcp(bytes(70_000)), 6, length=0)
    found = packet(octets[: len(octets) - cut], original=len(octets))

    assert isinstance(found.transport, TcpSegment)
    assert (70_040, 70_000, 70_000 - cut) == (
        found.ip_length,
        found.transport.length,
        len(found.transport.payload),
    )
    assert () == found.faults


def test_total_length_beyond_the_frame_is_a_fault_and_the_packet_ends_with_the_frame() -> None:
    found = packet(ipv4(tcp(b"EHLO"), 6, length=29_740))

    assert isinstance(found.transport, TcpSegment)
    assert (29_740, b"EHLO", 4) == (found.ip_length, found.transport.payload, found.transport.length)
    assert ["ipv4 total length"] == places(found)


@pytest.mark.parametrize(
    ("pieces", "fragment"),
    [
        (0x2000, Fragment(0x1234, 0, True, QUERY)),
        (0x00B9, Fragment(0x1234, 1480, False, QUERY)),
        (0x3FFF, Fragment(0x1234, 65528, True, QUERY)),
    ],
)
def test_fragment_is_not_read_alone(pieces: int, fragment: Fragment) -> None:
    assert PACKET._replace(transport=None, fragment=fragment) == packet(ipv4(QUERY, pieces=pieces))


def test_fragment_cut_by_the_capture_has_a_fault() -> None:
    octets = ipv4(QUERY, pieces=0x2000)

    assert ["fragment"] == places(packet(octets[:-1], original=len(octets)))


@pytest.mark.parametrize(
    ("octets", "place"),
    [
        (ipv4(QUERY)[:19], "ipv4 header"),
        (ipv4(QUERY, first=0x44), "ipv4 header length"),
        (ipv4(QUERY, length=19), "ipv4 total length"),
        (ipv4(QUERY, length=23, options=bytes(4)), "ipv4 total length"),
    ],
)
def test_impossible_header_is_damage(octets: bytes, place: str) -> None:
    found = decoded(octets)

    assert isinstance(found, Unread)
    assert ("damaged", [place]) == (found.kind, places(found))


def test_other_version_behind_the_ethertype_is_damage() -> None:
    found = decoded(MACS + b"\x08\x00" + ipv4(QUERY, first=0x65), ETHERNET)

    assert isinstance(found, Unread)
    assert [("ipv4 version", 14, "6", 7)] == [(f.where, f.offset, f.got, f.frame) for f in found.faults]


def test_direction_is_unknown_where_the_link_does_not_tell() -> None:
    assert Direction.UNKNOWN is packet(ipv4(QUERY)).direction
