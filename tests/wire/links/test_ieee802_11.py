"""Wireless frames without a word of their reception."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ieee802_11 import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0801 0000" + "02" * 18 + "1000" + "aaaa03000000 0800 45", LinkFrame(0x0800, 32)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(2))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0801 0000" + "02" * 18 + "1000" + "aaaa03000000 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["802.11 header"] == [fault.where for fault in found.faults]
