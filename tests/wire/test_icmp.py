import pytest

from tests.wire.made import CLIENT, SERVER, icmp, ipv4, packet, places, tcp, udp
from wiretruth.model.packet import IcmpMessage, QuotedPacket
from wiretruth.wire.icmp import decode

QUERY = udp(b"\x12\x34\x01\x00")
QUOTED = QuotedPacket(CLIENT, SERVER, 17, 63, 0x1234, 32, 40000, 53, None, b"\x12\x34\x01\x00")


@pytest.mark.parametrize("kind", [3, 4, 5, 11, 12])
def test_error_quotes_a_packet(kind: int) -> None:
    found = packet(ipv4(icmp(kind, 1, 0, ipv4(QUERY)), 1))

    assert IcmpMessage(kind, 1, None, QUOTED) == found.transport
    assert () == found.faults


@pytest.mark.parametrize("kind", [0, 8, 9, 13, 255])
def test_other_messages_quote_nothing(kind: int) -> None:
    found = packet(ipv4(icmp(kind, 0, 0, ipv4(QUERY)), 1))

    assert IcmpMessage(kind, 0, None, None) == found.transport
    assert () == found.faults


@pytest.mark.parametrize(
    ("kind", "code", "word", "mtu"),
    [(3, 4, 1492, 1492), (3, 4, 0, None), (3, 1, 1492, None), (11, 4, 1492, None), (3, 4, 0x00010578, 1400)],
)
def test_mtu_belongs_to_fragmentation_needed(kind: int, code: int, word: int, mtu: int | None) -> None:
    message, _ = decode(icmp(kind, code, word, ipv4(tcp(), 6)), 0, 48, 48)

    assert message is not None
    assert mtu == message.mtu


@pytest.mark.parametrize(
    ("words", "payload"),
    [(32, 128 - 28), (0, 152 - 28), (8, 152 - 28)],
    ids=["measured", "not measured", "too short to be a measure"],
)
def test_extensions_behind_a_measured_quotation_are_not_quoted(words: int, payload: int) -> None:
    """RFC 4884: the length, in words of four octets, stands in the second octet of the unused ones."""
    quotation = ipv4(udp(bytes(172)))[:128]
    octets = icmp(11, 0, words << 16, quotation + b"\x20\x00\xbe\xef" + bytes(20))
    message, faults = decode(octets, 0, len(octets), len(octets))

    assert () == faults
    assert message is not None
    assert message.quoted is not None
    assert payload == len(message.quoted.payload)


@pytest.mark.parametrize(
    ("quotation", "got"),
    [
        (b"", "0 octets"),
        (ipv4(QUERY)[:19], "19 octets that begin with 0x45"),
        (bytes(28), "28 octets that begin with 0x00"),
    ],
)
def test_quotation_that_is_no_packet_is_a_fault(quotation: bytes, got: str) -> None:
    found = packet(ipv4(icmp(3, 1, 0, quotation), 1))

    assert IcmpMessage(3, 1, None, None) == found.transport
    assert [("icmp quotation", 28, got)] == [(fault.where, fault.offset, fault.got) for fault in found.faults]


@pytest.mark.parametrize("there", range(8))
def test_short_header_is_a_fault(there: int) -> None:
    found = packet(ipv4(icmp(3, 1)[:there], 1))

    assert found.transport is None
    assert ["icmp header"] == places(found)
