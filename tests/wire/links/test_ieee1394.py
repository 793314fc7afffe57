"""IP over IEEE 1394."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ieee1394 import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("10" * 16 + "0800 45", LinkFrame(0x0800, 18)),
        ("10" * 16 + "0806", LinkFrame(0x0806, 18)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(18))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("10" * 16 + "0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["ieee 1394 header"] == [fault.where for fault in found.faults]
