"""What pf logged."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.pflog import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("3d02" + "00" * 62 + "45", LinkFrame(0x0800, 64)),
        ("6418" + "00" * 98 + "60", LinkFrame(0x86DD, 100)),
        ("0407 0000", Unread("address family 7")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(64))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("3d02" + "00" * 62 + "45")[:there])

    assert isinstance(found, Unread)
    assert ["pflog header"] == [fault.where for fault in found.faults]
