"""The filter: tcpdump itself judges which frames pass it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from scapy.layers.dns import DNS
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import ICMPv6DestUnreach, ICMPv6ND_NS, IPv6, IPv6ExtHdrFragment
from scapy.layers.l2 import Ether
from scapy.packet import Packet, Raw
from scapy.utils import wrpcap

from wiretruth.sources.capture_filter import USUAL, words

V4, V6 = IP(src="192.0.2.1", dst="198.51.100.10"), IPv6(src="2001:db8::1", dst="2001:db8::2")
WANTED = {
    "mail": V4 / TCP(dport=25, flags="PA") / Raw(b"NOOP\r\n"),
    "mail over IPv6": V6 / TCP(sport=587, dport=40000, flags="A"),
    "lookup": V4 / UDP(sport=40000, dport=53) / DNS(),
    "lookup over TCP": V6 / TCP(dport=53, flags="A"),
    "handshake": V4 / TCP(dport=10025, flags="S"),
    "answer to one": V6 / TCP(sport=10025, dport=40000, flags="SA"),
    "reset": V4 / TCP(dport=4444, flags="R"),
    "reset over IPv6": V6 / TCP(dport=4444, flags="RA"),
    "unreachable": V4 / ICMP(type=3, code=1),
    "time exceeded": V4 / ICMP(type=11),
    "unreachable over IPv6": V6 / ICMPv6DestUnreach(),
    "first fragment": IP(src="192.0.2.1", dst="192.0.2.2", flags="MF") / UDP(sport=40000, dport=9) / Raw(b"x" * 16),
    "last fragment": IP(src="192.0.2.1", dst="192.0.2.2", frag=2, proto=17) / Raw(b"x" * 16),
    "fragment over IPv6": V6 / IPv6ExtHdrFragment(nh=17, offset=2) / Raw(b"x" * 16),
}
UNWANTED = {
    "ping": V4 / ICMP(type=8),
    "neighbour": V6 / ICMPv6ND_NS(),
    "web": V4 / TCP(dport=443, flags="PA") / Raw(b"x"),
    "web over IPv6": V6 / TCP(dport=443, flags="PA") / Raw(b"x"),
    "other datagram": V4 / UDP(sport=40000, dport=123),
}


@pytest.mark.parametrize("name", [*WANTED, *UNWANTED])
def test_filter_lets_through_what_decides(name: str, tmp_path: Path) -> None:
    if not shutil.which("tcpdump"):
        pytest.skip("needs tcpdump")
    frame: Packet = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02") / (WANTED | UNWANTED)[name]
    wrpcap(str(tmp_path / "one.pcap"), [frame])
    command = ["tcpdump", "-n", "-t", "-r", str(tmp_path / "one.pcap"), USUAL]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert (name in WANTED) == bool(told)


def test_interface_is_not_made_promiscuous_and_packets_are_whole() -> None:
    command = words("eth0", "port 25")

    assert "-p" in command
    assert ("-i", "eth0", "-s", "0") == command[3:7]
    assert ("-w", "-", "--", "port 25") == command[-4:]


def test_filter_that_looks_like_an_option_stays_a_filter() -> None:
    assert ("--", "-z evil") == words("any", "-z evil")[-2:]


def test_no_filter_takes_everything() -> None:
    assert "-" == words("any", "")[-1]
