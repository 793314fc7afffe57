"""802.11 behind a Prism header."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.prism import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (
            "44000000 90000000" + "00" * 136 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45",
            LinkFrame(0x0800, 176),
        ),
        (
            "00000044 00000090" + "00" * 136 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45",
            LinkFrame(0x0800, 176),
        ),
        (
            "80211002 00000040" + "00" * 56 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 86dd 60",
            LinkFrame(0x86DD, 96),
        ),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(8))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(
        bytes.fromhex("44000000 90000000" + "00" * 136 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45")[:there]
    )

    assert isinstance(found, Unread)
    assert ["prism header"] == [fault.where for fault in found.faults]


def test_impossible_length_is_damage() -> None:
    found = decode(bytes.fromhex("44000000 ffffffff"))

    assert isinstance(found, Unread)
    assert ["prism header"] == [fault.where for fault in found.faults]
