"""Frames in which every address is another one."""

from ipaddress import ip_address

import pytest
from scapy.layers.inet import IP
from scapy.layers.inet6 import IPv6

from tests.evidence.frames import said, taken
from tests.rules.packets import ACK, ICMP, TCP, UDP, icmp_error, ip, tcp, udp
from tests.rules.scene import MTA, MX1, TAP, Frame, Scene
from tests.rules.session import Session
from wiretruth.evidence.guarding import guarded
from wiretruth.evidence.masked_addresses import Addresses
from wiretruth.evidence.masking import Mask
from wiretruth.model.packet import IcmpMessage, Packet

KEY = bytes(range(32))
MASK, ADDRESSES = Mask(KEY), Addresses(KEY)


def other(address: str) -> str:
    return str(ip_address(ADDRESSES.packed(ip_address(address).packed)))


def summed(octets: bytes) -> bytes:
    packet = IP(octets) if octets[0] >> 4 == 4 else IPv6(octets)
    for name in ("IP", "TCP", "UDP"):
        if packet.haslayer(name):
            del packet[name].chksum
    return bytes(packet)


def played() -> list[Frame]:
    scene = Scene()
    scene.example_net()
    Session(scene).connect().greeted().envelope("bob@example.net").message()
    return scene.frames[TAP]


def test_everybody_is_somebody_else_everywhere() -> None:
    frames = taken(played())
    octets = b"\n".join(frame.octets for frame in MASK.masked(frames).frames)

    for word in (b"alice", b"bob", *(ip_address(one).packed for one in (MTA, MX1))):
        assert word in b"\n".join(frame.octets for frame in frames)
        assert word not in octets
    assert ip_address(other(MX1)).packed in octets


def test_sizes_and_sequence_numbers_hold() -> None:
    before = taken(played())
    after = MASK.masked(before).frames

    assert [len(frame.octets) for frame in before] == [len(frame.octets) for frame in after]
    assert [len(text) for text in said(before).values()] == [len(text) for text in said(after).values()]


@pytest.mark.parametrize(("one", "two"), [(MTA, MX1), ("2001:db8::5", "2001:db8:1::9")])
@pytest.mark.parametrize("protocol", [TCP, UDP])
def test_checksums_hold(one: str, two: str, protocol: int) -> None:
    body = tcp((4, 25), (1, 1), ACK, b"RCPT TO:<al@x.example>\r\n") if protocol == TCP else udp((4, 53), b"x" * 30)
    octets = summed(ip(one, two, protocol, body))
    (done,) = MASK.masked(taken([Frame(0, octets, len(octets))])).frames

    assert octets != done.octets
    assert summed(done.octets) == done.octets


def test_an_error_quotes_other_addresses() -> None:
    octets = icmp_error("10.10.0.1", ip(MTA, MX1, TCP, tcp((4, 25), (7, 1), ACK, b"secret")), 3, 1)
    (done,) = MASK.masked(guarded(taken([Frame(0, octets, len(octets))]), content=True).frames).frames
    packet = done.packet()

    assert isinstance(packet, Packet)
    assert isinstance(packet.transport, IcmpMessage)
    assert packet.transport.quoted is not None
    assert (other("10.10.0.1"), other(MTA)) == (packet.source, packet.destination)
    assert (other(MTA), other(MX1), 4, 25, 7) == (*packet.transport.quoted[:2], *packet.transport.quoted[6:9])


def test_of_what_cannot_be_read_to_its_end_only_its_being_there_is_left() -> None:
    fragment = bytearray(ip(MTA, MX1, UDP, b"secret" * 4))
    fragment[6:8] = b"\x20\x00"
    tunnel = ip("2001:db8::5", "2001:db8::9", 4, ip(MX1, MTA, TCP, tcp((1, 2), (3, 4), ACK, b"secret")))
    frames = taken([Frame(0, bytes(one), len(one)) for one in (fragment, tunnel)])
    done = MASK.masked(frames).frames

    assert [len(frame.octets) for frame in frames] == [len(frame.octets) for frame in done]
    assert not any(b"secret" in frame.octets or ip_address(MX1).packed in frame.octets for frame in done)
    assert [other(MTA), other("2001:db8::5")] == [p.source for f in done if isinstance(p := f.packet(), Packet)]


def test_frames_of_other_links_are_left_out() -> None:
    assert ([], 1) == MASK.masked(taken([Frame(0, bytes(40), 40)], link_type=127))


def test_other_messages_and_options_are_overwritten() -> None:
    echo = ip(MTA, MX1, ICMP, b"\10\0\0\0\0\0\0\0" + b"secret")
    route = bytearray(ip(MTA, MX1, UDP, b"\x83\7\4" + ip_address(MX1).packed + b"\0" + udp((4, 53), b"")))
    route[0] = 0x47
    done = MASK.masked(taken([Frame(0, bytes(one), len(one)) for one in (echo, route)])).frames

    assert not any(b"secret" in one.octets or ip_address(MX1).packed in one.octets for one in done)


def test_hardware_addresses_are_overwritten() -> None:
    octets = b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\x00" + ip(MTA, MX1, TCP, tcp((4, 25), (1, 1), ACK))
    arp = octets[:12] + b"\x08\x06" + ip_address(MTA).packed
    done = MASK.masked(taken([Frame(0, one, len(one)) for one in (octets, arp)], link_type=1)).frames

    assert [bytes(12), bytes(12)] == [one.octets[:12] for one in done]
    assert b"\x08\x06" + bytes(4) == done[1].octets[12:]
