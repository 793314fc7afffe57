"""PPPoE without Ethernet before it."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ppp_ether import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("1100 0001 0002 0021 45", LinkFrame(0x0800, 8)),
        ("1100 0001 0002 8021", Unread("PPP 0x8021")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(6))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("1100 0001 0002 0021 45")[:there])

    assert isinstance(found, Unread)
    assert ["pppoe header"] == [fault.where for fault in found.faults]
