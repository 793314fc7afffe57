"""IP over InfiniBand."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ipoib import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("10" * 40 + "0800 0000 45", LinkFrame(0x0800, 44)),
        ("10" * 40 + "0806 0000", LinkFrame(0x0806, 44)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(44))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("10" * 40 + "0800 0000 45")[:there])

    assert isinstance(found, Unread)
    assert ["ipoib header"] == [fault.where for fault in found.faults]
