"""Mirrored frames."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels._erspan import TYPE_II, TYPE_III, decode

FRAME = "02" * 12 + "0800 45"
III = "2000 0000 00000001 0000"


@pytest.mark.parametrize(
    ("ethertype", "numbered", "octets", "found"),
    [
        (TYPE_II, False, FRAME, LinkFrame(0x0800, 14)),
        (TYPE_II, True, "1000 0000 00000000" + FRAME, LinkFrame(0x0800, 22)),
        (TYPE_II, True, "1000 0000 00000000" + "02" * 12 + "8100 0064 86dd", LinkFrame(0x86DD, 26)),
        (TYPE_III, True, III + "0000" + FRAME, LinkFrame(0x0800, 26)),
        (TYPE_III, True, III + "0001" + "00" * 8 + FRAME, LinkFrame(0x0800, 34)),
        (TYPE_III, True, III + "0800 45", LinkFrame(0x0800, 12)),
        (TYPE_III, True, III + "0800 60", LinkFrame(0x86DD, 12)),
        (TYPE_III, True, III + "0400 45", Unread("ERSPAN of another link")),
    ],
    ids=[
        "I",
        "II",
        "II with a tag",
        "III",
        "III with a subheader",
        "III of IPv4",
        "III of IPv6",
        "III of another link",
    ],
)
def test_what_was_mirrored(ethertype: int, numbered: bool, octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets), 0, ethertype, numbered=numbered)


@pytest.mark.parametrize(
    ("ethertype", "octets", "place"),
    [
        (TYPE_II, "1000 0000 000000", "erspan header"),
        (TYPE_III, III, "erspan header"),
        (TYPE_II, "2000 0000 00000000", "erspan version"),
        (TYPE_III, "1000" + III[4:] + "0000", "erspan version"),
        (TYPE_III, III + "0001" + "00" * 7, "erspan header"),
        (TYPE_III, III + "0000", "ethernet header"),
        (TYPE_III, III + "0800", "ip header"),
    ],
)
def test_damage(ethertype: int, octets: str, place: str) -> None:
    found = decode(bytes.fromhex(octets), 0, ethertype, numbered=True)

    assert isinstance(found, Unread)
    assert [place] == [fault.where for fault in found.faults]
