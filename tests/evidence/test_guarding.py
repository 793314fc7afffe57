"""Frames that are handed over."""

from random import Random

import pytest
from scapy.layers.inet import IP

from tests.evidence.frames import said, taken
from tests.rules.packets import ACK, ICMP, PSH, TCP, ip, tcp, udp
from tests.rules.scene import MTA, MX1, Frame, Scene
from tests.rules.session import Session
from tests.secrets import ENDINGS, EXCHANGES, given_away, session
from tests.test_redaction import WAYS, Delivery, pipelined, played
from wiretruth.evidence.guarding import guarded
from wiretruth.model.packet import IcmpMessage, Packet


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("exchange", EXCHANGES)
def test_no_secret_is_handed_over(exchange: str, way: Delivery) -> None:
    random = Random(f"{exchange} {way.__name__}")
    for talk in (session(exchange, random.choice(ENDINGS)), pipelined(session(exchange, ENDINGS[0]))):
        for size in (1460, 3):
            frames = way(list(played(talk, size)), random)
            done = guarded(taken([Frame(*frame) for frame in frames]), content=True)
            octets = b"\n".join([*said(done.frames).values(), *(frame.octets for frame in done.frames)])

            assert [] == given_away(octets.decode("latin-1"))
            assert [len(frame.octets) for frame in frames] == [len(frame.octets) for frame in done.frames]


def test_a_changed_segment_has_a_right_checksum() -> None:
    frames = played(session("PLAIN at once", ENDINGS[0]), 1460)
    right = [Frame(f.at, _summed(f.octets), f.original) for f in frames]
    done = guarded(taken(right), content=False).frames

    assert any(one.octets != other.octets for one, other in zip(right, done, strict=True))
    for frame in done:
        assert _summed(frame.octets) == frame.octets


def _summed(octets: bytes) -> bytes:
    packet = IP(octets)
    del packet.chksum
    if packet.haslayer("TCP"):
        del packet["TCP"].chksum
    return bytes(packet)


def test_what_is_neither_mail_nor_dns_is_not_handed_over() -> None:
    scene = Scene()
    web = Session(scene, server_port=8080).connect()
    web.send(True, ACK | PSH, b"GET / HTTP/1.0\r\nAuthorization: Basic c2VjcmV0\r\n\r\n")
    scene.put(ip(MTA, MX1, 17, udp((5000, 5001), b"secret")))
    done = guarded(taken(scene.frames["tap"]), content=True).frames

    assert not any(b"secret" in f.octets or b"c2VjcmV0" in f.octets or b"GET" in f.octets for f in done)


def test_an_error_quotes_no_dialogue() -> None:
    quoted = ip(MTA, MX1, TCP, tcp((40000, 25), (1, 1), ACK, b"AUTH PLAIN c2VjcmV0"))
    frame = ip(MX1, MTA, ICMP, bytes([3, 4, 0, 0, 0, 0, 5, 0]) + quoted)
    (done,) = guarded(taken([Frame(0, frame, len(frame))]), content=True).frames
    packet = done.packet()

    assert b"c2VjcmV0" not in done.octets
    assert isinstance(packet, Packet)
    assert isinstance(packet.transport, IcmpMessage)
    assert packet.transport.quoted is not None
    assert (40000, 25, 1) == packet.transport.quoted[6:9]


def test_pieces_of_segments_are_left_out() -> None:
    frame = bytearray(ip(MTA, MX1, TCP, b"x" * 24))
    frame[6:8] = b"\x20\x00"
    done = guarded(taken([Frame(0, bytes(frame), len(frame))]), content=True)

    assert ([], 1) == done


def test_of_what_nobody_can_read_only_its_being_there_is_handed_over() -> None:
    ethernet = b"\2\0\0\0\0\1\2\0\0\0\0\2"
    arp, other = ethernet + b"\x08\x06" + b"asks", ethernet + b"\x88\xcc" + b"secret"
    done = guarded(taken([Frame(0, octets, len(octets)) for octets in (arp, other)], link_type=1), content=True)

    assert [arp, ethernet + b"\x88\xcc" + bytes(6)] == [frame.octets for frame in done.frames]
