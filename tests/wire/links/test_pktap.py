"""Apple's packet tap."""

import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links.pktap import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (
            "6c000000 01000000 01000000" + "00" * 24 + "01000000" + "00" * 68 + "00" * 12 + "0800 45",
            LinkFrame(0x0800, 122, Direction.IN),
        ),
        (
            "6c000000 01000000 00000000" + "00" * 24 + "02000000" + "00" * 68 + "1e000000 60",
            LinkFrame(0x86DD, 112, Direction.OUT),
        ),
        ("6c000000 01000000 0c000000" + "00" * 24 + "00000000" + "00" * 68 + "45", LinkFrame(0x0800, 108)),
        ("6c000000 00000000 01000000" + "00" * 24 + "00000000" + "00" * 68, Unread("PKTAP without a packet")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(40))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(
        bytes.fromhex("6c000000 01000000 01000000" + "00" * 24 + "01000000" + "00" * 68 + "00" * 12 + "0800 45")[:there]
    )

    assert isinstance(found, Unread)
    assert ["pktap header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("length", ["6b000000", "6d000000", "ffffffff"])
def test_impossible_length_is_damage(length: str) -> None:
    found = decode(bytes.fromhex(length + "01000000 01000000").ljust(108, b"\0"))

    assert isinstance(found, Unread)
    assert ["pktap header"] == [fault.where for fault in found.faults]
