"""A zone of Solaris."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ipnet import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0102" + "00" * 22 + "45", LinkFrame(0x0800, 24)),
        ("011a" + "00" * 22 + "60", LinkFrame(0x86DD, 24)),
        ("0107" + "00" * 22, Unread("address family 7")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(24))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0102" + "00" * 22 + "45")[:there])

    assert isinstance(found, Unread)
    assert ["ipnet header"] == [fault.where for fault in found.faults]
