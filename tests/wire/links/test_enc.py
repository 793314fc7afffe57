"""Packets of IPsec, decrypted."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.enc import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("02000000 00000100 00000000 45", LinkFrame(0x0800, 12)),
        ("00000002 00000100 00000000 45", LinkFrame(0x0800, 12)),
        ("18000000 00000100 00000000 60", LinkFrame(0x86DD, 12)),
        ("07000000 00000100 00000000", Unread("address family 7")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(12))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("02000000 00000100 00000000 45")[:there])

    assert isinstance(found, Unread)
    assert ["enc header"] == [fault.where for fault in found.faults]
