import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.l2tp import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0002 0001 0002 ff03 0021 45", LinkFrame(0x0800, 10)),
        ("4002 000d 0001 0002 ff03 0057 60", LinkFrame(0x86DD, 12)),
        ("4802 000d 0001 0002 0001 0002 21 45", LinkFrame(0x0800, 13)),
        ("0202 0001 0002 0003 ffffff 0021 45", LinkFrame(0x0800, 13)),
        ("0002 0001 0002 ff03 c021", Unread("PPP 0xc021")),
    ],
)
def test_what_is_inside(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    "header", ["", "c802 0014 0001 0000 0000 0000", "0003 0000 00000001", "3002 0001 0002", "0012 0001 0002"]
)
def test_control_messages_and_other_versions_are_none(header: str) -> None:
    assert decode(bytes.fromhex(header), 0) is None


@pytest.mark.parametrize("octets", ["0002", "0002 0001 00", "0202 0001 0002 ffff 00"])
def test_cut_header_is_damage(octets: str) -> None:
    found = decode(bytes.fromhex(octets), 0)

    assert isinstance(found, Unread)
    assert ["l2tp header"] == [fault.where for fault in found.faults]
