"""Frames are what they say they are: scapy is the judge."""

import random

import pytest
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Dot1Q, Ether

from bench.frames import ACK, Connection, Ends, Exchange

V4 = Ends(bytes((10, 0, 0, 5)), bytes((198, 51, 100, 25)))
V6 = Ends(bytes.fromhex("20010db8" + "00" * 11 + "05"), bytes.fromhex("20010db8" + "00" * 11 + "25"))


def connection(ends: Ends) -> Connection:
    return Connection(ends, (40_000, 25), random.Random(1))


@pytest.mark.parametrize(("ends", "layer", "destination"), [(V4, IP, 16), (V6, IPv6, 24)])
def test_addresses_and_ports(ends: Ends, layer: type, destination: int) -> None:
    packet = Ether(connection(ends).says(b"QUIT\r\n"))

    assert (40_000, 25, b"QUIT\r\n") == (packet[TCP].sport, packet[TCP].dport, bytes(packet[TCP].payload))
    assert ends.server == bytes(packet[layer])[destination:][: len(ends.server)]


def test_ipv4_checksum_is_right() -> None:
    """Of many packets: the identification runs through all its values, and every carry is met."""
    talk = connection(V4)
    for size in range(0, 66_000, 61):
        packet = Ether(talk.says(bytes(size % 1400)))
        stated = packet[IP].chksum
        del packet[IP].chksum
        assert stated == Ether(bytes(packet))[IP].chksum


def test_vlan_tag() -> None:
    assert 100 == Ether(connection(V4._replace(vlan=100)).says(b"x"))[Dot1Q].vlan
    assert Dot1Q not in Ether(connection(V4).says(b"x"))


def test_sequence_numbers_follow() -> None:
    """Each segment begins where the last one of its side ended; SYN and FIN count as one octet (RFC 9293 §3.4)."""
    talk = connection(V4)
    frames = [*talk.opening(), talk.hears(b"220 \r\n"), talk.says(b"QUIT\r\n"), *talk.closing()]
    expected: dict[int, int] = {}
    for frame in frames:
        segment = Ether(frame)[TCP]
        size = len(segment.payload) + ("S" in segment.flags) + ("F" in segment.flags)
        assert expected.get(segment.sport, segment.seq) == segment.seq
        expected[segment.sport] = (segment.seq + size) % 2**32
        if "A" in segment.flags:
            assert expected[segment.dport] == segment.ack


def test_sequence_numbers_wrap() -> None:
    talk = connection(V4)
    talk.client.next = 2**32 - 2
    talk.says(b"1234", ACK)

    assert 2 == talk.client.next


def test_both_ways_of_udp() -> None:
    exchange = Exchange(V4, (40_000, 53), random.Random(1))
    query, response = Ether(exchange.query(b"q")), Ether(exchange.response(b"rr"))

    assert (40_000, 53, 9) == (query[UDP].sport, query[UDP].dport, query[UDP].len)
    assert (53, 40_000, 10) == (response[UDP].sport, response[UDP].dport, response[UDP].len)
    assert (query[IP].src, query[IP].dst) == (response[IP].dst, response[IP].src)
