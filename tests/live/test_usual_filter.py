"""What crosses from the kernel: held against tcpdump's own compiler, frame by frame, and against what is listed."""

import shutil
import subprocess

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import (
    ICMPv6EchoRequest,
    ICMPv6PacketTooBig,
    IPv6,
    IPv6ExtHdrFragment,
    IPv6ExtHdrHopByHop,
)
from scapy.layers.l2 import GRE, Dot1Q, Ether
from scapy.packet import Packet, Raw

from tests.live.machine import Seen, run
from wiretruth.live.bpf import RETURN, Step, assemble, numbers
from wiretruth.live.usual_filter import MAX_NAMED, MAX_PORTS, around, program
from wiretruth.sources.capture_filter import USUAL

LINK = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
V4, V6 = IP(src="192.0.2.1", dst="198.51.100.10"), IPv6(src="2001:db8::1", dst="2001:db8::2")
OPTIONS = IP(src="192.0.2.1", dst="198.51.100.10", options=[b"\x94\x04\x00\x00"])
FRAMES: dict[str, tuple[Packet, bool]] = {
    "mail": (V4 / TCP(sport=40000, dport=25, flags="A"), True),
    "mail back": (V4 / TCP(sport=587, dport=40000, flags="PA") / Raw(b"250 ok"), True),
    "mail behind options": (OPTIONS / TCP(sport=40000, dport=2525, flags="A"), True),
    "mail over IPv6": (V6 / TCP(sport=465, dport=40000, flags="A"), True),
    "web": (V4 / TCP(sport=40000, dport=443, flags="A") / Raw(b"x" * 60), False),
    "web behind options": (OPTIONS / TCP(sport=40000, dport=443, flags="PA"), False),
    "web over IPv6": (V6 / TCP(sport=40000, dport=443, flags="A"), False),
    "any SYN": (V4 / TCP(sport=40000, dport=443, flags="S"), True),
    "any reset": (V6 / TCP(sport=443, dport=40000, flags="RA"), True),
    "DNS": (V4 / UDP(sport=40000, dport=53), True),
    "DNS back": (V6 / UDP(sport=53, dport=40000), True),
    "DNS over TCP": (V4 / TCP(sport=40000, dport=53, flags="A"), True),
    "mDNS": (V4 / UDP(sport=5353, dport=5353), False),
    "QUIC": (V4 / UDP(sport=40000, dport=443), False),
    "unreachable": (V4 / ICMP(type=3, code=1), True),
    "time exceeded": (V4 / ICMP(type=11), True),
    "ping": (V4 / ICMP(type=8), False),
    "too big": (V6 / ICMPv6PacketTooBig(), True),
    "ping over IPv6": (V6 / ICMPv6EchoRequest(), False),
    "first fragment": (IP(src="192.0.2.1", dst="198.51.100.10", flags="MF") / UDP(dport=9, sport=9), True),
    "last fragment": (IP(src="192.0.2.1", dst="198.51.100.10", frag=9) / Raw(b"x" * 30), True),
    "fragment of IPv6": (V6 / IPv6ExtHdrFragment(m=1) / UDP(sport=9, dport=9), True),
    "tunnel": (V4 / GRE() / IP() / TCP(dport=25), False),
}
MORE: dict[str, tuple[Packet, bool]] = {
    "any FIN": (V4 / TCP(sport=40000, dport=443, flags="FA"), True),
    "extension headers": (V6 / IPv6ExtHdrHopByHop() / UDP(sport=9, dport=9), True),
}
"""Beyond what ``collect`` asks tcpdump for."""


def seen(packet: Packet) -> Seen:
    ethertype = 0x86DD if packet.version == 6 else 0x0800
    return Seen(bytes(LINK / packet), protocol=ethertype)


def taken(packet: Packet) -> bool:
    return run(program(), seen(packet)) > 0


@pytest.mark.parametrize("name", [*FRAMES, *MORE])
def test_what_crosses(name: str) -> None:
    packet, wanted = {**FRAMES, **MORE}[name]

    assert wanted == taken(packet)


@pytest.mark.parametrize("name", FRAMES)
def test_behind_one_tag_it_is_the_same(name: str) -> None:
    packet, wanted = FRAMES[name]
    ethertype = 0x86DD if packet.version == 6 else 0x0800
    tagged = Seen(bytes(LINK / Dot1Q(vlan=7, type=ethertype) / packet), protocol=0x8100)

    assert wanted == (run(program(), tagged) > 0)


@pytest.mark.parametrize("name", FRAMES)
def test_hardware_without_a_link_header_is_the_same(name: str) -> None:
    packet, wanted = FRAMES[name]
    bare = seen(packet)._replace(octets=bytes(packet), network=0, hardware=65534)

    assert wanted == (run(program(), bare) > 0)


@pytest.mark.skipif(shutil.which("tcpdump") is None, reason="tcpdump is not installed")
def test_tcpdump_says_the_same() -> None:
    words = ["tcpdump", "-y", "EN10MB", "-ddd", USUAL]
    theirs = numbers(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    assert {name: run(theirs, seen(p)) > 0 for name, (p, _) in FRAMES.items()} == {
        name: taken(p) for name, (p, _) in FRAMES.items()
    }


def test_other_protocols_do_not_cross() -> None:
    assert run(program(), seen(V4 / TCP(dport=25))._replace(protocol=0x0806)) == 0


def test_ports_may_be_added() -> None:
    odd = V4 / TCP(sport=40000, dport=10025, flags="A")

    assert not taken(odd)
    assert run(program([10025]), seen(odd)) > 0


def test_only_the_interfaces_that_are_named() -> None:
    mail = seen(V4 / TCP(dport=25))

    assert [0, 1, 0] == [min(run(program((), [3, 7]), mail._replace(interface=n)), 1) for n in (2, 7, 8)]


def test_each_packet_of_loopback_passes_once() -> None:
    mail = seen(V4 / TCP(dport=25))._replace(hardware=772, interface=1)

    assert run(program(loopback=1), mail) > 0
    assert run(program(loopback=1), mail._replace(packet_type=4)) == 0
    assert run(program(loopback=1), mail._replace(packet_type=4, interface=2)) > 0


def test_the_most_that_may_be_asked_for_fits() -> None:
    assert program(range(1000, 1000 + MAX_PORTS), range(1, 1 + MAX_NAMED), 1)


def test_a_users_filter_stands_behind_the_choice_of_interfaces() -> None:
    """Two programs: for frames with an Ethernet header, and for those without one."""
    inner, raw = assemble([Step(RETURN, 11)]), assemble([Step(RETURN, 22)])
    whole = around(inner, raw, [2], 1)
    frame = seen(V4 / TCP(dport=443))

    assert (11, 22, 0) == (
        run(whole, frame),
        run(whole, frame._replace(hardware=65534)),
        run(whole, frame._replace(interface=3)),
    )
