import pytest

from tests.wire.made import CLIENT, CLIENT6, SERVER, SERVER6, ipv4, ipv6, tcp, udp
from wiretruth.model.packet import QuotedPacket
from wiretruth.wire.quotation import quoted_ipv4, quoted_ipv6, unquoted

SYN = QuotedPacket(CLIENT, SERVER, 6, 63, 0x1234, 40, 40000, 25, 1000)
SYN6 = QuotedPacket(CLIENT6, SERVER6, 6, 61, None, 60, 40000, 25, 1000)
HOP_BY_HOP = bytes.fromhex("0600010400000000")


def test_quotations_of_every_length() -> None:
    """Ports need four octets of the segment, the sequence number eight."""
    octets = ipv4(tcp(), 6)
    for stop in range(len(octets) + 1):
        found = quoted_ipv4(octets, 0, stop)
        if stop < 20:
            assert found is None
        elif stop < 24:
            assert SYN._replace(source_port=None, destination_port=None, seq=None) == found
        elif stop < 28:
            assert SYN._replace(seq=None) == found
        else:
            assert SYN == found


def test_ipv6_quotations_of_every_length() -> None:
    octets = ipv6(HOP_BY_HOP + tcp(), 0)
    whole = SYN6._replace(ip_length=68)
    for stop in range(len(octets) + 1):
        found = quoted_ipv6(octets, 0, stop)
        bare = whole._replace(source_port=None, destination_port=None, seq=None)
        if stop < 40:
            assert found is None
        elif stop < 48:
            assert bare._replace(protocol=0) == found
        elif stop < 52:
            assert bare == found
        elif stop < 56:
            assert whole._replace(seq=None) == found
        else:
            assert whole == found


@pytest.mark.parametrize(
    ("octets", "payload"),
    [
        (ipv4(udp(b"query")), b"query"),
        (ipv4(udp(b"query")) + b"trailer", b"query"),
        (ipv4(udp(b"query"), length=8) + b"!", b"query!"),  # stacks that quote their own byte order
        (ipv4(udp(b"query"), options=bytes(8)), b"query"),
    ],
)
def test_payload_ends_with_the_quoted_packet(octets: bytes, payload: bytes) -> None:
    found = quoted_ipv4(octets, 0, len(octets))

    assert found is not None
    assert payload == found.payload


@pytest.mark.parametrize(
    ("octets", "payload"),
    [
        (ipv6(udp(b"query")) + b"trailer", b"query"),
        (ipv6(udp(b"query"), length=0), b"query"),  # a jumbo payload
        (ipv6(udp(b"query"), length=1000), b"query"),
    ],
)
def test_payload_ends_with_the_quoted_ipv6_packet(octets: bytes, payload: bytes) -> None:
    found = quoted_ipv6(octets, 0, len(octets))

    assert found is not None
    assert payload == found.payload


@pytest.mark.parametrize(
    "octets",
    [ipv4(tcp(), 6, pieces=0x00B9), ipv4(tcp(), 47)],
    ids=["a later fragment", "another protocol"],
)
def test_no_ports_where_there_are_none(octets: bytes) -> None:
    found = quoted_ipv4(octets, 0, len(octets))

    assert found is not None
    assert (None, None, None) == (found.source_port, found.destination_port, found.seq)


@pytest.mark.parametrize(("offset", "port"), [(0x0001, 40000), (0x05A9, None)])
def test_ipv6_fragment_has_ports_in_its_first_piece_only(offset: int, port: int | None) -> None:
    fragment = b"\x06\x00" + offset.to_bytes(2) + bytes(4)
    octets = ipv6(fragment + tcp(), 44)
    found = quoted_ipv6(octets, 0, len(octets))

    assert found is not None
    assert (6, port) == (found.protocol, found.source_port)


def test_fault_quotes_no_more_than_an_octet() -> None:
    assert unquoted("ipv4", b"\xffsecret", 0, 7).got == "7 octets that begin with 0xff"
