"""ATM with LLC."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.atm_rfc1483 import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("aaaa03000000 0800 45", LinkFrame(0x0800, 8)),
        ("fefe03", Unread("LLC")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))
