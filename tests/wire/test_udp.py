import pytest

from tests.wire.made import ipv4, packet, places, udp
from wiretruth.model.packet import UdpDatagram
from wiretruth.wire.udp import decode


def test_datagram() -> None:
    assert UdpDatagram(40000, 53, b"query", 5) == packet(ipv4(udp(b"query"))).transport


@pytest.mark.parametrize(
    ("stated", "payload", "fault"),
    [
        (0, b"query", []),
        (13, b"query", []),
        (11, b"que", []),
        (8, b"", []),
        (14, b"query", ["udp length"]),
        (65535, b"query", ["udp length"]),
        (7, b"query", ["udp length"]),
        (1, b"query", ["udp length"]),
    ],
)
def test_length_that_disagrees_with_the_packet(stated: int, payload: bytes, fault: list[str]) -> None:
    found = packet(ipv4(udp(b"query", length=stated)))

    assert UdpDatagram(40000, 53, payload, len(payload)) == found.transport
    assert fault == places(found)


def test_cut_by_the_capture_keeps_the_length_on_the_wire() -> None:
    frame = ipv4(udp(b"query"))
    found = packet(frame[:-3], original=len(frame))

    assert UdpDatagram(40000, 53, b"qu", 5) == found.transport
    assert () == found.faults


@pytest.mark.parametrize("there", range(8))
def test_short_header_is_a_fault(there: int) -> None:
    datagram, faults = decode(udp(), 0, there, there)

    assert datagram is None
    assert [("udp header", f"{there} octets")] == [(fault.where, fault.got) for fault in faults]
