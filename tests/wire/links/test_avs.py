"""802.11 behind an AVS header."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.avs import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (
            "80211001 00000040" + "00" * 56 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 86dd 60",
            LinkFrame(0x86DD, 96),
        ),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(8))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(
        bytes.fromhex("80211001 00000040" + "00" * 56 + "0801 0000" + "02" * 18 + "1000 aaaa03000000 86dd 60")[:there]
    )

    assert isinstance(found, Unread)
    assert ["avs header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("length", ["00000007", "00000009", "ffffffff"])
def test_impossible_length_is_damage(length: str) -> None:
    found = decode(bytes.fromhex("80211001" + length))

    assert isinstance(found, Unread)
    assert ["avs header"] == [fault.where for fault in found.faults]
