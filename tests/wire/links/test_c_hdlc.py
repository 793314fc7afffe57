"""Cisco's HDLC."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.c_hdlc import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0f00 0800 45", LinkFrame(0x0800, 4)),
        ("8f00 86dd 60", LinkFrame(0x86DD, 4)),
        ("0f00 8847 00001101 45", LinkFrame(0x0800, 8)),
        ("0f00 0035", Unread("C-HDLC protocol 0x0035")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(4))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0f00 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["c-hdlc header"] == [fault.where for fault in found.faults]
