"""Packets within packets: every tunnel by another encoder's hand, depth, damage, and what only looks like a tunnel."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.contrib.erspan import ERSPAN_II, ERSPAN_III
from scapy.contrib.geneve import GENEVE
from scapy.contrib.gtp import GTP_U_Header
from scapy.contrib.mpls import MPLS
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt
from scapy.layers.ipsec import AH, ESP
from scapy.layers.l2 import ARP, GRE, Dot1Q, Ether
from scapy.layers.ppp import PPP, PPPoE
from scapy.layers.vxlan import VXLAN
from scapy.packet import Packet as Encoded
from scapy.packet import Raw

from tests.wire.made import CLIENT, CLIENT6, SERVER, SERVER6, decoded, ipv4, ipv6, packet, places, udp
from wiretruth.model.packet import Packet, TcpSegment, UdpDatagram, Unread
from wiretruth.wire.innermost import MAX_TUNNELS, is_tunnel, transport_begin


def mac() -> Encoded:
    return Ether(src="02:00:5e:00:53:01", dst="02:00:5e:00:53:02")


def outer(protocol: int | None = None) -> Encoded:
    packet = IP(src="203.0.113.1", dst="203.0.113.2", ttl=250)
    if protocol is not None:
        packet.proto = protocol
    return mac() / packet


def outer6() -> Encoded:
    return mac() / IPv6(src="2001:db8:ffff::1", dst="2001:db8:ffff::2", hlim=250)


def at(port: int) -> Encoded:
    return outer() / UDP(sport=50000, dport=port)


def four() -> Encoded:
    return (
        IP(src=CLIENT, dst=SERVER, id=9, ttl=63) / TCP(sport=40000, dport=25, seq=1000, flags="PA") / Raw(b"NOOP\r\n")
    )


def six() -> Encoded:
    return IPv6(src=CLIENT6, dst=SERVER6, hlim=63) / TCP(sport=40000, dport=25, seq=1000, flags="PA") / Raw(b"NOOP\r\n")


TUNNELS: Final[dict[str, Encoded]] = {
    "none": mac(),
    "IP in IP": outer(4),
    "6in4": outer(41),
    "IP in IPv6": outer6(),
    "IP behind options of IPv6": outer6() / IPv6ExtHdrDestOpt(),
    "GRE": outer() / GRE(),
    "GRE over IPv6": outer6() / GRE(),
    "GRE with key, checksum and number": outer() / GRE(key_present=1, chksum_present=1, seqnum_present=1),
    "GRE with Ethernet": outer() / GRE(proto=0x6558) / mac() / Dot1Q(vlan=7),
    "GRE with MPLS": outer() / GRE(proto=0x8847) / MPLS(label=17, s=1),
    "ERSPAN II": outer() / GRE(proto=0x88BE, seqnum_present=1) / ERSPAN_II() / mac(),
    "ERSPAN III": outer() / GRE(proto=0x22EB, seqnum_present=1) / ERSPAN_III() / mac(),
    "VXLAN": at(4789) / VXLAN(vni=7) / mac(),
    "VXLAN of Linux": at(8472) / VXLAN(vni=7) / mac(),
    "Geneve": at(6081) / GENEVE(vni=7) / mac(),
    "Geneve with IP": at(6081) / GENEVE(vni=7),
    "GTP-U": at(2152) / GTP_U_Header(teid=7),
    "IP in IP behind AH": outer() / AH(nh=4, payloadlen=4, spi=7, icv=bytes(12)),
    "MPLS": mac() / MPLS(label=16, s=0) / MPLS(label=17, s=1),
    "PPPoE in a VLAN": mac() / Dot1Q(vlan=7) / PPPoE(sessionid=7) / PPP(),
    "VXLAN in GRE in IP in IP": outer()
    / IP(src="203.0.113.3", dst="203.0.113.4")
    / GRE()
    / at(4789)[IP]
    / VXLAN()
    / mac(),
}


@pytest.mark.parametrize("inside", [four(), six()], ids=["IPv4", "IPv6"])
@pytest.mark.parametrize("name", TUNNELS)
def test_the_packet_inside_is_what_is_followed(name: str, inside: Encoded) -> None:
    """Everything is the inner packet's but where and when the frame was seen."""
    if inside.version == 6 and name in {"IP in IP", "IP in IP behind AH"}:
        pytest.skip("6in4 is a row of its own")
    if inside.version == 4 and name == "6in4":
        pytest.skip("IP in IP is a row of its own")
    found = packet(bytes(TUNNELS[name] / inside), 1)
    plain = packet(bytes(mac() / inside), 1)

    assert plain == found


def test_same_addresses_and_ports_as_a_dns_lookup_in_a_tunnel() -> None:
    found = packet(
        bytes(at(4789) / VXLAN() / mac() / IP(src=CLIENT, dst=SERVER) / UDP(sport=5353, dport=53) / b"query"), 1
    )

    assert UdpDatagram(5353, 53, b"query", 5) == found.transport


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (outer(50) / ESP(spi=7) / Raw(b"secret"), "ESP"),
        (outer6() / ESP(spi=7) / Raw(b"secret"), "ESP"),
        (at(4789) / VXLAN() / mac() / ARP(), "ARP"),
        (outer() / GRE(proto=0x2000) / Raw(b"cdp"), "EtherType 0x2000"),
    ],
    ids=["ESP", "ESP over IPv6", "ARP in VXLAN", "another protocol in GRE"],
)
def test_what_cannot_be_opened_is_named(frame: Encoded, kind: str) -> None:
    found = decoded(bytes(frame), 1)

    assert isinstance(found, Unread)
    assert (kind, ()) == (found.kind, found.faults)


@pytest.mark.parametrize("port", [1701, 2152, 4789, 4790, 6081, 8472])
def test_port_alone_proves_no_tunnel(port: int) -> None:
    """A DNS response to a client that took such a port, and any other datagram whose header makes no sense."""
    response = bytes.fromhex("1234 8180 0001 0001 0000 0000") + bytes(40)
    for source in (53, 5353):
        found = packet(bytes(outer() / UDP(sport=source, dport=port) / Raw(response)), 1)
        assert isinstance(found.transport, UdpDatagram)
        assert (port, response) == (found.transport.destination_port, found.transport.payload)


def test_answer_from_the_dns_port_is_never_opened() -> None:
    """Not even one whose octets happen to be a sound header: an identification of 0x0800 and no flags."""
    octets = bytes(VXLAN() / mac() / four())
    found = packet(bytes(outer() / UDP(sport=53, dport=4789) / Raw(octets)), 1)

    assert isinstance(found.transport, UdpDatagram)


def test_tunnels_have_a_depth() -> None:
    inside = bytes(four())
    for _ in range(MAX_TUNNELS):
        inside = ipv4(inside, 4)
    assert isinstance(packet(inside).transport, TcpSegment)

    deeper = decoded(ipv4(inside, 4))
    assert isinstance(deeper, Unread)
    assert [("tunnel", 20 * (MAX_TUNNELS + 1))] == [(fault.where, fault.offset) for fault in deeper.faults]


def test_inner_fragment_stays_a_fragment() -> None:
    found = packet(ipv4(ipv4(udp(b"query"), pieces=0x2000), 4))

    assert found.fragment is not None
    assert (CLIENT, 17) == (found.source, found.protocol)


def test_outer_fragment_is_not_opened() -> None:
    found = packet(ipv4(bytes(four())[:24], 4, pieces=0x2000))

    assert (4, True) == (found.protocol, found.fragment is not None)


@pytest.mark.parametrize(
    "inner", [ipv4(udp(b"query", length=40), length=60), ipv6(udp(b"query", length=40), length=40)]
)
def test_inner_packet_that_a_mirror_cut(inner: bytes) -> None:
    """Lengths on the wire count, as behind a snap length; padding of a short frame is nobody's."""
    found = packet(ipv4(inner, 4) + bytes(20))

    assert isinstance(found.transport, UdpDatagram)
    assert (b"query", 32) == (found.transport.payload, found.transport.length)
    assert [("packet in a tunnel", 20, 7)] == [(fault.where, fault.offset, fault.frame) for fault in found.faults]


def test_place_of_damage_counts_from_the_start_of_the_frame() -> None:
    found = packet(ipv4(ipv4(udp(b"query", length=99)), 4))

    assert [("udp length", 44, 7)] == [(fault.where, fault.offset, fault.frame) for fault in found.faults]


def test_snap_length_cuts_the_inner_packet_and_not_its_lengths() -> None:
    """Lengths on the wire still count; what is missing of the payload is missing."""
    frame = bytes(TUNNELS["VXLAN"] / four())
    found = packet(frame[:-4], 1, original=len(frame))

    assert isinstance(found.transport, TcpSegment)
    assert (b"NO", 6) == (found.transport.payload, found.transport.length)
    assert () == found.faults


@pytest.mark.parametrize("name", [name for name in TUNNELS if name != "none"])
def test_every_cut_is_told(name: str) -> None:
    """A cut header is a fault; before the tunnel's header is whole, the outer packet may be all that is known."""
    frame = bytes(TUNNELS[name] / four())
    for stop in range(len(frame) - 6):
        found = decoded(frame[:stop], 1, len(frame))
        transport = found.transport if isinstance(found, Packet) else None
        assert found.faults or isinstance(transport, UdpDatagram) or isinstance(found, Unread), stop


@given(st.sampled_from(list(TUNNELS)), st.data())
def test_any_octets_inside_raise_nothing(name: str, data: st.DataObject) -> None:
    frame = bytearray(bytes(TUNNELS[name] / four()))
    for place in data.draw(st.lists(st.integers(14, len(frame) - 1), max_size=8)):
        frame[place] = data.draw(st.integers(0, 255))
    found = decoded(bytes(frame), 1)

    if isinstance(found, Packet) and isinstance(found.transport, TcpSegment | UdpDatagram):
        assert 0 <= len(found.transport.payload) <= found.transport.length <= 1 << 16
        assert len(found.transport.payload) <= len(frame)


def test_damage_of_the_outer_packet_is_kept() -> None:
    found = packet(ipv4(bytes(four()), 4, length=500))

    assert ["ipv4 total length"] == places(found)
    assert isinstance(found.transport, TcpSegment)


def test_ipv6_in_ipv6() -> None:
    assert packet(ipv6(udp(b"query"))) == packet(ipv6(ipv6(udp(b"query")), 41))


AUTHENTICATED: Final = bytes.fromhex("1104 0000 00000001 00000001") + bytes(12)


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
