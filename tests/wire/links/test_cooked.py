import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links._cooked import direction_of, payload


@pytest.mark.parametrize(
    ("packet_type", "direction"),
    [
        (0, Direction.IN),
        (1, Direction.IN),
        (2, Direction.IN),
        (3, Direction.IN),
        (4, Direction.OUT),
        (5, Direction.UNKNOWN),
        (65535, Direction.UNKNOWN),
    ],
)
def test_direction_by_packet_type(packet_type: int, direction: Direction) -> None:
    assert direction is direction_of(packet_type)


@pytest.mark.parametrize(
    ("protocol", "octets", "found"),
    [
        (0x0800, "45", LinkFrame(0x0800, 0, Direction.OUT, 2)),
        (0x8100, "0064 86dd", LinkFrame(0x86DD, 4, Direction.OUT, 2)),
        (0x0004, "aaaa03000000 0800", LinkFrame(0x0800, 8, Direction.OUT, 2)),
        (0x0004, "424203", Unread("LLC")),
        (0x0001, "ffff", Unread("cooked protocol 0x0001")),
        (0x000C, "", Unread("cooked protocol 0x000c")),
    ],
)
def test_payload(protocol: int, octets: str, found: LinkFrame | Unread) -> None:
    assert found == payload(bytes.fromhex(octets), protocol, 0, Direction.OUT, 2)
