"""Whole frames: every link type, another encoder's packets, hostile octets, and what tshark says of real captures."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import ICMPv6PacketTooBig, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrHopByHop
from scapy.layers.l2 import LLC, SNAP, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Dot3, Ether, Loopback
from scapy.packet import Packet as Encoded
from scapy.packet import Raw

from tests.wire.corpus import manifest, oracle, ours, theirs
from tests.wire.made import CLIENT, CLIENT6, ETHERNET, MACS, SERVER, SERVER6, decoded, ipv4, ipv6, packet, udp
from wiretruth.model.packet import (
    Direction,
    IcmpMessage,
    Packet,
    TcpFlag,
    TcpSegment,
    UdpDatagram,
    Unread,
)
from wiretruth.wire import decode, reassembled
from wiretruth.wire.frame import MAX_FRAME
from wiretruth.wire.link_types import decoders

OPTIONS: Final = [("MSS", 1460), ("SAckOK", b""), ("Timestamp", (11, 0)), ("NOP", None), ("WScale", 7)]
SYN: Final = TcpSegment(40000, 25, 1000, 0, TcpFlag.SYN, 64240, b"", 0, 1460, 7, True, (), 11, 0)


def mac() -> Encoded:
    return Ether(src="02:00:5e:00:53:01", dst="02:00:5e:00:53:02")


def four() -> Encoded:
    return IP(src=CLIENT, dst=SERVER, id=9, flags="DF", ttl=63)


def six() -> Encoded:
    return IPv6(src=CLIENT6, dst=SERVER6, hlim=63)


def syn() -> Encoded:
    return TCP(sport=40000, dport=25, seq=1000, flags="S", window=64240, options=OPTIONS)


def query() -> Encoded:
    return UDP(sport=40000, dport=53) / Raw(b"query")


FRAMES: Final[dict[str, tuple[int, Encoded]]] = {
    "ethernet": (1, mac() / four() / syn()),
    "ethernet ipv6": (1, mac() / six() / syn()),
    "802.1Q": (1, mac() / Dot1Q(vlan=5) / four() / syn()),
    "802.1ad": (1, mac() / Dot1AD(vlan=5) / Dot1Q(vlan=6) / six() / syn()),
    "802.3": (1, Dot3(src="02:00:5e:00:53:01", dst="02:00:5e:00:53:02") / LLC() / SNAP() / four() / syn()),
    "cooked": (113, CookedLinux(pkttype=0, proto=0x0800) / four() / syn()),
    "cooked 2": (276, CookedLinuxV2(pkttype=0, proto=0x86DD, ifindex=3) / six() / syn()),
    "raw": (101, four() / syn()),
    "raw ipv6": (101, six() / syn()),
    "raw OpenBSD": (14, four() / syn()),
    "null": (0, Loopback(type=2) / four() / syn()),
    "null macOS": (0, Loopback(type=30) / six() / syn()),
    "extensions": (229, six() / IPv6ExtHdrHopByHop() / IPv6ExtHdrDestOpt() / syn()),
}


@pytest.mark.parametrize("name", FRAMES)
def test_another_encoders_packets(name: str) -> None:
    """Every link type gives the same segment, with the facts of its IP header."""
    link_type, encoded = FRAMES[name]
    found = packet(bytes(encoded), link_type)
    version = 4 if IP in encoded else 6

    assert SYN == found.transport
    assert ((CLIENT, SERVER) if version == 4 else (CLIENT6, SERVER6)) == (found.source, found.destination)
    assert (6, 63, True, ()) == (found.protocol, found.ttl, found.dont_fragment, found.faults)
    assert (9 if version == 4 else None) == found.ip_id
    assert (Direction.IN if "cooked" in name else Direction.UNKNOWN) is found.direction
    assert ("tap#3" if name == "cooked 2" else "tap#None") == found.vantage
    assert (7, 1_000) == (found.number, found.at)


def test_another_encoders_errors() -> None:
    """What a router sends back quotes what was sent."""
    needed = mac() / IP(src=SERVER, dst=CLIENT) / ICMP(type=3, code=4, nexthopmtu=1400) / four() / query()
    too_big = mac() / IPv6(src=SERVER6, dst=CLIENT6) / ICMPv6PacketTooBig(mtu=1280) / six() / query()
    for encoded, mtu, source in ((needed, 1400, CLIENT), (too_big, 1280, CLIENT6)):
        message = packet(bytes(encoded), ETHERNET).transport

        assert isinstance(message, IcmpMessage)
        assert message.quoted is not None
        assert (mtu, source, 40000, 53) == (
            message.mtu,
            message.quoted.source,
            message.quoted.source_port,
            message.quoted.destination_port,
        )


@pytest.mark.parametrize(
    ("frame", "link_type", "kind"),
    [
        (b"", 147, "link type 147"),
        (b"", 4_000_000_000, "link type 4000000000"),
        (MACS + b"\x08\x06" + bytes(28), ETHERNET, "ARP"),
        (MACS + b"\x88\xcc" + bytes(28), ETHERNET, "EtherType 0x88cc"),
        (MACS + b"\x00\x26\x42\x42\x03" + bytes(35), ETHERNET, "LLC"),
        (MACS, ETHERNET, "damaged"),
    ],
)
def test_what_is_no_ip_packet_is_named(frame: bytes, link_type: int, kind: str) -> None:
    found = decoded(frame, link_type)

    assert isinstance(found, Unread)
    assert kind == found.kind


def test_faults_tell_their_frame() -> None:
    for frame in (MACS, MACS + b"\x08\x00" + ipv4(b"", 6)):
        assert [7] == [fault.frame for fault in decoded(frame, ETHERNET).faults]


def test_views_are_as_good_as_octets() -> None:
    octets = bytes(mac() / four() / query())
    view = memoryview(bytearray(b"before" + octets + b"behind"))[6:-6]

    assert packet(octets, ETHERNET) == decode(
        view, ETHERNET, vantage_of=lambda index: f"tap#{index}", number=7, at=1_000, original=len(octets)
    )


@pytest.mark.parametrize(("original", "length"), [(0, 5), (33, 5), (10**12, MAX_FRAME - 28)])
def test_original_length_is_believed_within_reason(original: int, length: int) -> None:
    found = packet(ipv4(udp(b"query", length=0), length=0), original=original)

    assert isinstance(found.transport, UdpDatagram)
    assert length == found.transport.length


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("recorded", [True, False], ids=["snap length", "short on the wire"])
def test_truncation_at_every_octet(name: str, recorded: bool) -> None:
    """A cut frame is a packet or unread, and says so, unless nothing but the payload is missing."""
    link_type, encoded = FRAMES[name]
    frame = bytes(encoded)
    for stop in range(len(frame)):
        found = decoded(frame[:stop], link_type, len(frame) if recorded else stop)

        assert found.faults or (isinstance(found, Unread) and found.kind == "LLC"), stop


LINK_TYPES: Final = st.sampled_from([*sorted(decoders()), 147])


@given(st.binary(max_size=200), LINK_TYPES, st.integers(min_value=0, max_value=1 << 33))
def test_any_octets_of_any_link_type(frame: bytes, link_type: int, original: int) -> None:
    decoded(frame, link_type, original)


@given(st.sampled_from(sorted(FRAMES)), st.data())
def test_flipped_octets_of_good_frames(name: str, data: st.DataObject) -> None:
    """Damage anywhere behind the link header; what comes out can be counted and never claims more than the frame."""
    link_type, encoded = FRAMES[name]
    frame = bytearray(bytes(encoded) + b"payload")
    for place in data.draw(st.lists(st.integers(0, len(frame) - 1), max_size=6)):
        frame[place] = data.draw(st.integers(0, 255))
    found = decoded(bytes(frame), link_type)

    if isinstance(found, Packet) and isinstance(found.transport, TcpSegment | UdpDatagram):
        assert 0 <= len(found.transport.payload) <= found.transport.length <= len(frame)


@given(st.binary(max_size=120))
def test_any_octets_behind_a_good_header(octets: bytes) -> None:
    """Only a tunnel may hold what is no packet."""
    for protocol in (0, 1, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 60):
        for frame in (ipv4(octets, protocol), ipv6(octets, protocol)):
            found = decoded(frame)
            assert isinstance(found, Packet) or protocol not in {1, 6, 17, 58}


@pytest.mark.parametrize("whole", [udp(b"query"), bytes.fromhex("1100010400000000") + udp(b"query")])
def test_reassembled_ipv6_datagram(whole: bytes) -> None:
    first = 60 if len(whole) > 13 else 17
    last = packet(ipv6(bytes([first, 0, 0, 8, 0, 0, 0, 7]) + whole[8:], 44))
    found = reassembled(last, whole)

    assert last.fragment is not None
    assert last._replace(protocol=17, transport=UdpDatagram(40000, 53, b"query", 5), fragment=None) == found


AUTHENTICATED: Final = bytes.fromhex("1104 0000 00000001 00000001") + bytes(12)
VXLAN: Final = bytes.fromhex("9c40 12b5 0000 0000 0800 0000 0000 0100")


@pytest.mark.parametrize(
    ("protocol", "whole", "transport", "places"),
    [
        (17, udp(b"query"), UdpDatagram(40000, 53, b"query", 5), []),
        (17, udp(b"query")[:7], None, ["udp header"]),
        (132, b"sctp", None, []),
        (47, b"gre", None, ["gre header"]),
        (51, AUTHENTICATED + udp(b"query"), UdpDatagram(40000, 53, b"query", 5), []),
        (47, bytes.fromhex("0000 0800") + ipv4(udp(b"query")), UdpDatagram(40000, 53, b"query", 5), []),
        (17, VXLAN + MACS + b"\x08\x00" + ipv4(udp(b"query")), UdpDatagram(40000, 53, b"query", 5), []),
        (50, b"secret", None, []),
    ],
)
def test_reassembled_ipv4_datagram(
    protocol: int, whole: bytes, transport: UdpDatagram | None, places: list[str]
) -> None:
    last = packet(ipv4(whole[-5:], protocol, pieces=1))
    found = reassembled(last, whole)

    assert (transport, None) == (found.transport, found.fragment)
    assert [(place, 7) for place in places] == [(fault.where, fault.frame) for fault in found.faults]


def test_fragment_within_a_fragment_is_refused() -> None:
    last = packet(ipv6(bytes([44, 0, 0, 8, 0, 0, 0, 7]) + udp(b"query"), 44))
    found = reassembled(last, bytes([17, 0, 0, 1, 0, 0, 0, 7]) + udp(b"query"))

    assert (None, None, ["ipv6 fragment"]) == (found.transport, found.fragment, [f.where for f in found.faults])


NOT_READ: Final = {"ARCNET_LINUX", "JUNIPER_ETHER", "per-packet"}
NESTED: Final = {"capwap", "capwap.data", "teredo", "lisp", "sflow", "macsec", "cfp", "pim"}
"""Packets within packets that tshark counts in place of the outer ones, and we do not open."""
UNLIKE: Final = {"fuzz-or-bad-by-name", "malformed", "variant", "derived", "compressed-zst"}
"""Damage of which tshark and we may keep different halves, and formats that are not read here."""
NO_IP_INSIDE: Final = "tshark counts the datagrams of tunnels that hold no TCP or UDP"
EXCEPTIONS: Final = {
    "suricata-verify/detect-ipopts__input.pcap": "tshark gives the last hop of a source route as the destination",
    "ndpi/default__pcap__badpackets.pcap": "tshark reads the transport of first fragments that the capture cut",
    "tcpdump/rip_error_hexdump.pcap": "tshark reads the transport of first fragments that the capture cut",
    "arkime/gtp-iphone.pcap": NO_IP_INSIDE,
    "dpkt/examples__data__nb6-http.pcap": NO_IP_INSIDE,
    "libpcap/filter__geneve.pcap": NO_IP_INSIDE,
    "packetnet/l2tp.pcap": NO_IP_INSIDE,
    "zeek/tunnels__geneve-arp.pcap": NO_IP_INSIDE,
    "zeek/tunnels__gtp__gtp9_unknown_or_too_short_payload.pcap": NO_IP_INSIDE,
    "zeek/tunnels__vxlan-encapsulated-igmp-v2.pcap": NO_IP_INSIDE,
    "tcpdump/wccp_redirect_gre.pcap": "WCCP's header in GRE is not read",
    "zeek/tunnels__gre-aruba-amsdu.pcap": "Aruba's frames in GRE are not read",
    "zeek/tunnels__gre-over-udp-4754.pcap": "GRE in UDP is not read",
    "zeek/tunnels__gtp__gtp_control_prime.pcap": "GTP' is not read",
    "zeek/tunnels__gtp__pdp_ctx_messages.pcapng": "GTP' is not read",
}


@pytest.mark.shared
def test_what_tshark_says_of_the_corpus(shared: Path) -> None:
    """Conversations, their frames and octets, and every ICMP error with what it quotes, capture by capture."""
    compared = 0
    for name, row in manifest(shared).items():
        tags = set(row["tags"].split(";"))
        if NOT_READ & set(row["link_type"].split("+")) or tags & UNLIKE or name in EXCEPTIONS:
            continue
        said = oracle(shared, name)
        if said is None or said["status"] != "ok" or NESTED & set(said["protocols"]):
            continue
        expected, found = theirs(said), ours(shared / "corpus" / name)
        for wanted, got in zip(expected[:3], found[:3], strict=True):
            assert +wanted == +got, name
        assert expected.errors == found.errors, name
        compared += 1

    assert compared > 1200
