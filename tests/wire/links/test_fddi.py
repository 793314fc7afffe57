"""FDDI."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.fddi import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("50" + "02" * 12 + "aaaa03000000 0800 45", LinkFrame(0x0800, 21)),
        ("50" + "02" * 12 + "424203", Unread("LLC")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(13))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("50" + "02" * 12 + "aaaa03000000 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["fddi header"] == [fault.where for fault in found.faults]
