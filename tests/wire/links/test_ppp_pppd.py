"""PPP as pppd sees it."""

import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links.ppp_pppd import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0003 0021 45", LinkFrame(0x0800, 4, Direction.IN)),
        ("0103 0057 60", LinkFrame(0x86DD, 4, Direction.OUT)),
        ("0121 45", LinkFrame(0x0800, 2, Direction.OUT)),
        ("ff03 0021", LinkFrame(0x0800, 4)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))
