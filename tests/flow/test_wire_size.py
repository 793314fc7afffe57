"""Super-segments of offload are not taken for packets of the wire."""

import pytest

from tests.flow.cable import Cable
from wiretruth.flow.wire_size import UNTOLD, wire_size
from wiretruth.model.packet import TcpSegment


@pytest.mark.parametrize(
    ("payload", "own", "peer", "size"),
    [
        (100, 1460, 1460, 140),
        (1460, 1460, 1460, 1500),
        (14600, 1460, 1460, 1500),
        (14600, 1360, 1460, 1400),
        (14600, 1460, 1360, 1400),
        (1460, 1360, 1460, 1500),
        (14600, None, 1460, 1500),
        (14600, None, None, UNTOLD),
        (14600, 1360, None, 1400),
        (1460, None, None, 1500),
        (8960, 8960, 8960, 9000),
        (0, 1460, 1460, 40),
        (100, 1460, 0, 140),
    ],
)
def test_ipv4(payload: int, own: int | None, peer: int | None, size: int) -> None:
    packet = Cable().c("A", payload=b"x" * payload)
    assert isinstance(packet.transport, TcpSegment)

    assert size == wire_size(packet, packet.transport, own, peer)


def test_ipv6_has_the_larger_header() -> None:
    packet = Cable().c("A", payload=b"x" * 14400, ip_id=None)
    assert isinstance(packet.transport, TcpSegment)

    assert 1500 == wire_size(packet, packet.transport, 1440, 1440)
