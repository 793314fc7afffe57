import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.ip_in_ip import decode


@pytest.mark.parametrize(("octets", "found"), [("ff45", LinkFrame(0x0800, 1)), ("ff60", LinkFrame(0x86DD, 1))])
def test_version_is_the_packets_own(octets: str, found: LinkFrame) -> None:
    assert found == decode(bytes.fromhex(octets), 1)


@pytest.mark.parametrize("octets", ["", "00", "55"])
def test_what_is_no_packet_is_damage(octets: str) -> None:
    found = decode(b"\xff" + bytes.fromhex(octets), 1)

    assert isinstance(found, Unread)
    assert [1] == [fault.offset for fault in found.faults]
