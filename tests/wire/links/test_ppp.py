"""PPP, and what serial lines carry under its number."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ppp import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("ff03 0021 45", LinkFrame(0x0800, 4)),
        ("0021 45", LinkFrame(0x0800, 2)),
        ("21 45", LinkFrame(0x0800, 1)),
        ("ff03 57 60", LinkFrame(0x86DD, 3)),
        ("ff03 0281 00001101 45", LinkFrame(0x0800, 8)),
        ("ff03 c021 01", Unread("PPP 0xc021")),
        ("0f00 0800 45", LinkFrame(0x0800, 4)),
        ("8f00 2000 01", LinkFrame(0x2000, 4)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", [0, 2, 3])
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("ff03 0021 45")[:there])

    assert isinstance(found, Unread)
    assert ["ppp protocol"] == [fault.where for fault in found.faults]
