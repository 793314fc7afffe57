"""Token ring."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.token_ring import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("1040" + "02" * 12 + "aaaa03000000 0800 45", LinkFrame(0x0800, 22)),
        ("1040" + "02" * 6 + "82" + "02" * 5 + "0630 0011 0022 aaaa03000000 0800 45", LinkFrame(0x0800, 28)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(15))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("1040" + "02" * 12 + "aaaa03000000 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["token ring header"] == [fault.where for fault in found.faults]
