"""Generic routing encapsulation; ERSPAN has a test of its own."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.gre import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0000 0800 45", LinkFrame(0x0800, 4)),
        ("8000 86dd beef0000 60", LinkFrame(0x86DD, 8)),
        ("2000 0800 00000001 45", LinkFrame(0x0800, 8)),
        ("b000 0800 beef0000 00000001 00000002 45", LinkFrame(0x0800, 16)),
        ("0000 6558" + "02" * 12 + "0800 45", LinkFrame(0x0800, 18)),
        ("0000 8847 00001101 45", LinkFrame(0x0800, 8)),
        ("3001 880b 0010 0001 00000002 ff03 0021 45", LinkFrame(0x0800, 16)),
        ("3081 880b 0010 0001 00000002 00000001 21 45", LinkFrame(0x0800, 17)),
        ("3001 880b 0010 0001 00000002 fd00", Unread("PPP 0x00fd")),
        ("2081 880b 0000 0001 00000001", Unread("GRE without a packet")),
        ("0000 0000", Unread("GRE without a packet")),
        ("4000 0800 beef0000 45", Unread("GRE without a packet")),
        ("0000 0806", LinkFrame(0x0806, 4)),
        ("0000 88be" + "02" * 12 + "0800 45", LinkFrame(0x0800, 18)),
        ("1000 88be 00000001 10000000 00000000" + "02" * 12 + "0800 45", LinkFrame(0x0800, 30)),
    ],
)
def test_what_is_inside(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


@pytest.mark.parametrize("there", range(16))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(b"\xff" + bytes.fromhex("b000 0800 beef0000 00000001 00000002")[:there], 1)

    assert isinstance(found, Unread)
    assert [("gre header", 1)] == [(fault.where, fault.offset) for fault in found.faults]


def test_unknown_version_is_damage() -> None:
    found = decode(bytes.fromhex("0002 0800 45"), 0)

    assert isinstance(found, Unread)
    assert ["gre version"] == [fault.where for fault in found.faults]
