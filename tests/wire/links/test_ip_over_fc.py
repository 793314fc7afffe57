"""IP over fibre channel."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ip_over_fc import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("10" * 16 + "aaaa03000000 0800 45", LinkFrame(0x0800, 24)),
        ("10" * 16, Unread("LLC")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(16))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("10" * 16 + "aaaa03000000 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["fibre channel header"] == [fault.where for fault in found.faults]
