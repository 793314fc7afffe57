"""Frame relay."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.frame_relay import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("1841 03 cc 45", LinkFrame(0x0800, 4)),
        ("1841 03 00 cc 45", LinkFrame(0x0800, 5)),
        ("1841 03 8e 60", LinkFrame(0x86DD, 4)),
        ("184041 03 cc 45", LinkFrame(0x0800, 5)),
        ("18404041 03 cc 45", LinkFrame(0x0800, 6)),
        ("1841 03 80 000000 0800 45", LinkFrame(0x0800, 9)),
        ("1841 03 00 80 0080c2 0007" + "00" * 12 + "0800 45", LinkFrame(0x0800, 24)),
        ("1841 03 80 00000c 2000", Unread("frame relay SNAP")),
        ("1841 0800 45", LinkFrame(0x0800, 4)),
        ("1841 03 cf 0021 45", LinkFrame(0x0800, 6)),
        ("fcf1 0308 75", Unread("frame relay 0x08")),
        ("1841 0308 75", Unread("frame relay 0x08")),
        ("1841 0035", Unread("frame relay")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(4))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("1841 03 cc 45")[:there])

    assert isinstance(found, Unread)
    assert ["frame relay header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("octets", ["40404040 03cc45", "41 03cc45", "404041 03"])
def test_impossible_address_is_damage(octets: str) -> None:
    found = decode(bytes.fromhex(octets))

    assert isinstance(found, Unread)
    assert ["frame relay address"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("there", range(5))
def test_cut_snap_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("1841 03 80 000000 0800")[: 4 + there])

    assert isinstance(found, Unread)
    assert ["snap header"] == [fault.where for fault in found.faults]
