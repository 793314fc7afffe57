import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.gtp_u import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("30ff 0001 00000001 45", LinkFrame(0x0800, 8)),
        ("32ff 0005 00000001 0007 00 00 60", LinkFrame(0x86DD, 12)),
        ("34ff 0009 00000001 0000 00 85 01100900 45", LinkFrame(0x0800, 16)),
        ("34ff 0011 00000001 0000 00 85 01100985 02110900 00000000 45", LinkFrame(0x0800, 24)),
        ("34ff 0005 00000001 0000 00 00 45", LinkFrame(0x0800, 12)),
        ("30ff 0001 00000001 00", Unread("GTP-U without IP")),
        ("30ff 0000 00000001", Unread("GTP-U without IP")),
    ],
)
def test_what_is_inside(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    "header", ["30ff 0001 000000", "3001 0000 00000000", "20ff 0001 00000001", "50ff 0001 00000001"]
)
def test_other_messages_and_versions_are_none(header: str) -> None:
    assert decode(bytes.fromhex(header), 0) is None


@pytest.mark.parametrize(
    ("octets", "place"),
    [
        ("32ff 0003 00000001 0007 00", "gtp header"),
        ("34ff 0004 00000001 0000 00 85", "gtp extension"),
        ("34ff 0008 00000001 0000 00 85 00000000", "gtp extension"),
        ("34ff 0008 00000001 0000 00 85 ff000000", "gtp extension"),
        ("34ff 0028 00000001 0000 00 85" + "01000085" * 9, "gtp extension"),
    ],
)
def test_damage(octets: str, place: str) -> None:
    found = decode(bytes.fromhex(octets), 0)

    assert isinstance(found, Unread)
    assert [place] == [fault.where for fault in found.faults]
