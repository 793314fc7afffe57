import pytest

from tests.wire.made import CLIENT6, SERVER6, icmp, ipv6, packet, places, udp
from wiretruth.model.packet import IcmpMessage, QuotedPacket
from wiretruth.wire.icmpv6 import decode

QUERY = udp(b"\x12\x34\x01\x00")
QUOTED = QuotedPacket(CLIENT6, SERVER6, 17, 61, None, 52, 40000, 53, None, b"\x12\x34\x01\x00")


@pytest.mark.parametrize("kind", [1, 3, 4])
def test_error_quotes_a_packet(kind: int) -> None:
    found = packet(ipv6(icmp(kind, 1, 0, ipv6(QUERY)), 58))

    assert IcmpMessage(kind, 1, None, QUOTED) == found.transport
    assert () == found.faults


def test_packet_too_big_tells_the_mtu() -> None:
    assert IcmpMessage(2, 0, 1280, QUOTED) == packet(ipv6(icmp(2, 0, 1280, ipv6(QUERY)), 58)).transport


@pytest.mark.parametrize("kind", [0, 5, 127, 128, 129, 134, 135, 136, 137, 255])
def test_other_messages_quote_nothing(kind: int) -> None:
    found = packet(ipv6(icmp(kind, 0, 0, ipv6(QUERY)), 58))

    assert IcmpMessage(kind, 0, None, None) == found.transport
    assert () == found.faults


@pytest.mark.parametrize(("units", "payload"), [(16, 128 - 48), (0, 152 - 48), (15, 152 - 48)])
def test_extensions_behind_a_measured_quotation_are_not_quoted(units: int, payload: int) -> None:
    """RFC 4884: the length, in units of eight octets, stands in the first of the unused octets."""
    quotation = ipv6(udp(bytes(172)))[:128]
    octets = icmp(1, 0, units << 24, quotation + b"\x20\x00\xbe\xef" + bytes(20))
    message, faults = decode(octets, 0, len(octets), len(octets))

    assert () == faults
    assert message is not None
    assert message.quoted is not None
    assert payload == len(message.quoted.payload)


@pytest.mark.parametrize("quotation", [b"", ipv6(QUERY)[:39], bytes(48)])
def test_quotation_that_is_no_packet_is_a_fault(quotation: bytes) -> None:
    found = packet(ipv6(icmp(1, 4, 0, quotation), 58))

    assert IcmpMessage(1, 4, None, None) == found.transport
    assert ["icmp quotation"] == places(found)


@pytest.mark.parametrize("there", range(8))
def test_short_header_is_a_fault(there: int) -> None:
    found = packet(ipv6(icmp(1, 4)[:there], 58, length=max(there, 1)) + b"\0" * (not there))

    assert found.transport is None
    assert ["icmpv6 header"] == places(found)
