import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links.linux_sll2 import decode


def header(protocol: str, packet_type: str, behind: str = "") -> bytes:
    return bytes.fromhex(f"{protocol} 0000 00000005 0001 {packet_type} 06 02005e0053010000 {behind}")


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (header("0800", "00"), LinkFrame(0x0800, 20, Direction.IN, 5)),
        (header("86dd", "04"), LinkFrame(0x86DD, 20, Direction.OUT, 5)),
        (header("8100", "04", "0064 0800"), LinkFrame(0x0800, 24, Direction.OUT, 5)),
        (header("0806", "01"), LinkFrame(0x0806, 20, Direction.IN, 5)),
    ],
)
def test_network_packet_direction_and_interface(octets: bytes, found: LinkFrame) -> None:
    assert found == decode(octets)


@pytest.mark.parametrize("there", range(20))
def test_short_header_is_damage(there: int) -> None:
    found = decode(bytes(there))

    assert isinstance(found, Unread)
    assert ["cooked header"] == [fault.where for fault in found.faults]
