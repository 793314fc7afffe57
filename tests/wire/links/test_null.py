from typing import Literal

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.null import decode


@pytest.mark.parametrize("order", ["big", "little"])
@pytest.mark.parametrize(
    ("family", "found"),
    [
        (2, LinkFrame(0x0800, 4)),
        (10, LinkFrame(0x86DD, 4)),
        (24, LinkFrame(0x86DD, 4)),
        (28, LinkFrame(0x86DD, 4)),
        (30, LinkFrame(0x86DD, 4)),
        (7, Unread("address family 7")),
    ],
)
def test_family_in_either_byte_order(family: int, found: LinkFrame | Unread, order: Literal["big", "little"]) -> None:
    assert found == decode(family.to_bytes(4, order))


@pytest.mark.parametrize("there", range(4))
def test_short_header_is_damage(there: int) -> None:
    found = decode(bytes(there))

    assert isinstance(found, Unread)
    assert ["loopback header"] == [fault.where for fault in found.faults]
