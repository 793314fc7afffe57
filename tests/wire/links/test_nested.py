"""A frame of another link type inside."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links._nested import decode


@pytest.mark.parametrize(
    ("link_type", "found"),
    [
        (101, LinkFrame(0x0800, 3)),
        (147, Unread("link type 147")),
        (192, Unread("link type 192")),
        (258, Unread("link type 258")),
    ],
)
def test_link_type_inside(link_type: int, found: LinkFrame | Unread) -> None:
    assert found == decode(b"\xff\xff\xff\x45", link_type, 3)
