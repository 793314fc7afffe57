import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.vxlan import decode

FRAME = "02" * 12 + "0800 45"


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("08000000 00000100" + FRAME, LinkFrame(0x0800, 22)),
        ("88000007 00000100" + FRAME, LinkFrame(0x0800, 22)),
        ("88480007 00000100" + FRAME, LinkFrame(0x0800, 22)),
        ("0c000003 00000100" + FRAME, LinkFrame(0x0800, 22)),
        ("0c000001 00000100 45", LinkFrame(0x0800, 8)),
        ("0c000002 00000100 60", LinkFrame(0x86DD, 8)),
        ("08000000 00000100" + "02" * 12 + "0806", LinkFrame(0x0806, 22)),
    ],
    ids=["plain", "policy", "policy applied", "generic", "generic IPv4", "generic IPv6", "ARP"],
)
def test_what_is_inside(octets: str, found: LinkFrame) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    "header",
    [
        "00000000 00000100",
        "08000001 00000100",
        "08000000 00000101",
        "0c000004 00000100",
        "0c010003 00000100",
        "1c000000 00000100",
        "08008180 00010001",
    ],
)
def test_header_that_makes_no_sense_is_none(header: str) -> None:
    assert decode(bytes.fromhex(header + FRAME), 0) is None


def test_cut_header_is_none() -> None:
    assert decode(bytes.fromhex("08000000 000001"), 0) is None


def test_cut_frame_is_damage() -> None:
    found = decode(bytes.fromhex("08000000 00000100 0202"), 0)

    assert isinstance(found, Unread)
    assert [("ethernet header", 8)] == [(fault.where, fault.offset) for fault in found.faults]
