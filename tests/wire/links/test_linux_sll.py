import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links.linux_sll import decode

ADDRESS = "0001 0006 02005e0053010000"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f"0000 {ADDRESS} 0800", LinkFrame(0x0800, 16, Direction.IN)),
        (f"0004 {ADDRESS} 86dd", LinkFrame(0x86DD, 16, Direction.OUT)),
        (f"0000 {ADDRESS} 8100 0064 0800", LinkFrame(0x0800, 20, Direction.IN)),
        (f"0000 {ADDRESS} 0806", LinkFrame(0x0806, 16, Direction.IN)),
    ],
)
def test_network_packet_and_direction(header: str, found: LinkFrame) -> None:
    assert found == decode(bytes.fromhex(header))


@pytest.mark.parametrize("there", range(16))
def test_short_header_is_damage(there: int) -> None:
    found = decode(bytes(there))

    assert isinstance(found, Unread)
    assert ["cooked header"] == [fault.where for fault in found.faults]
