"""Packets within packets."""

import pytest

from tests.wire.made import ipv4, ipv6, packet, udp
from wiretruth.wire.innermost import is_tunnel, transport_begin

AUTHENTICATED = bytes.fromhex("1104 0000 00000001 00000001") + bytes(12)


@pytest.mark.parametrize(
    ("octets", "begin"),
    [
        (ipv4(udp()), 20),
        (ipv4(udp(), options=bytes(8)), 28),
        (ipv4(AUTHENTICATED + udp(), 51), 44),
        (ipv6(udp()), 40),
        (ipv6(bytes.fromhex("1100010400000000") + udp(), 60), 48),
        (ipv6(AUTHENTICATED + udp(), 51), 64),
    ],
)
def test_where_the_last_header_begins(octets: bytes, begin: int) -> None:
    assert 3 + begin == transport_begin(b"\xff" * 3 + octets, 3)


def test_plain_packets_are_no_tunnels() -> None:
    assert not is_tunnel(packet(ipv4(udp())))
