"""Where the payload stands in a frame."""

import pytest

from tests.evidence.frames import taken
from tests.rules.packets import ACK, TCP, UDP, ip, tcp, udp
from tests.rules.scene import MTA, MX1, Frame
from wiretruth.evidence.layers import Layers, layers
from wiretruth.model.packet import Packet


def found(octets: bytes, link_type: int = 101) -> Layers | None:
    (frame,) = taken([Frame(0, octets, len(octets))], link_type)
    packet = frame.packet()
    assert isinstance(packet, Packet)
    return layers(frame, packet)


SEGMENT = tcp((4, 25), (1, 1), ACK, b"EHLO a\r\n", mss=1460)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (ip(MTA, MX1, TCP, SEGMENT), Layers(0, 20, 36, 44, 52)),
        (ip("2001:db8::1", "2001:db8::2", TCP, SEGMENT), Layers(0, 40, 56, 64, 72)),
        (ip(MTA, MX1, UDP, udp((4, 53), b"x" * 20)), Layers(0, 20, None, 28, 48)),
        (ip(MTA, MX1, UDP, udp((4, 53), b"x" * 20)[:6] + b"\1\1" + b"x" * 20), Layers(0, 20, 26, 28, 48)),
    ],
)
def test_places(octets: bytes, expected: Layers) -> None:
    assert expected == found(octets)


def test_behind_a_link_header_and_before_a_trailer() -> None:
    ethernet = b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\x00"

    assert Layers(14, 34, 50, 58, 66) == found(ethernet + ip(MTA, MX1, TCP, SEGMENT) + b"trailer", 1)


def test_a_packet_within_a_tunnel_is_nowhere() -> None:
    assert found(ip(MTA, MX1, 4, ip(MX1, MTA, TCP, SEGMENT))) is None
