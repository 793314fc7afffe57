import pytest

from wiretruth.model.packet import Direction, LinkFrame, Unread
from wiretruth.wire.links._ethertype import MAX_SHIMS, follow, logical_link

TAG = bytes.fromhex("00648100")
LAST = bytes.fromhex("00640800")


@pytest.mark.parametrize("tag", [0x8100, 0x88A8, 0x9100, 0x9200])
@pytest.mark.parametrize("count", [1, 2, MAX_SHIMS])
def test_tags_of_any_kind_and_depth(tag: int, count: int) -> None:
    frame = TAG * (count - 1) + LAST

    assert LinkFrame(0x0800, 4 * count) == follow(frame, tag, 0)


def test_more_tags_than_anybody_stacks_are_damage() -> None:
    found = follow(TAG * MAX_SHIMS + LAST, 0x8100, 0)

    assert isinstance(found, Unread)
    assert ["link headers"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("there", range(4))
def test_cut_tag_is_damage(there: int) -> None:
    found = follow(LAST[:there], 0x8100, 0)

    assert isinstance(found, Unread)
    assert [f"{there} octets"] == [fault.got for fault in found.faults]


def test_what_the_link_told_is_kept() -> None:
    assert LinkFrame(0x0800, 4, Direction.OUT, 3) == follow(LAST, 0x8100, 0, Direction.OUT, 3)


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("aaaa03000000 86dd", LinkFrame(0x86DD, 8)),
        ("aaaa030000f8 0800", LinkFrame(0x0800, 8)),
        ("060603", LinkFrame(0x0800, 3)),
        ("aaaa03000000 8100 0064 0800", LinkFrame(0x0800, 12)),
        ("aaaa03000000 0040", Unread("LLC")),
        ("aaaa0300000c 2000", Unread("LLC")),
        ("424203", Unread("LLC")),
        ("", Unread("LLC")),
    ],
)
def test_logical_link_control(octets: str, found: LinkFrame | Unread) -> None:
    assert found == logical_link(bytes.fromhex(octets), 0, Direction.UNKNOWN, None)


def test_cut_snap_header_is_damage() -> None:
    found = logical_link(bytes.fromhex("aaaa0300000008"), 0, Direction.UNKNOWN, None)

    assert isinstance(found, Unread)
    assert ["snap header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize(
    ("ethertype", "octets", "found"),
    [
        (0x8847, "0001 01ff 45", LinkFrame(0x0800, 4)),
        (0x8864, "1100 0001 0020 0021", LinkFrame(0x0800, 8)),
        (0x880B, "ff03 0057", LinkFrame(0x86DD, 4)),
        (0x6558, "00" * 12 + "8100 0064 0806", LinkFrame(0x0806, 18)),
        (0x8100, "0064 8864 1100 0001 0020 0021", LinkFrame(0x0800, 12)),
        (0x8864, "1100 0001 0020 c021", Unread("PPP 0xc021")),
        (0x8863, "1109 0000", LinkFrame(0x8863, 0)),
        (0x8926, "c0000000 0800 45", LinkFrame(0x0800, 6)),
        (0x893F, "e0000000 0000 86dd 60", LinkFrame(0x86DD, 8)),
    ],
)
def test_headers_in_any_order(ethertype: int, octets: str, found: LinkFrame | Unread) -> None:
    assert found == follow(bytes.fromhex(octets), ethertype, 0)


def test_headers_without_end_are_damage() -> None:
    """No frame makes the reader descend: LLC, a tag, and so on."""
    turn = bytes.fromhex("aaaa03000000 8100 0064 0026")
    found = follow(turn * 5000, 0x0026, 0)

    assert isinstance(found, Unread)
    assert ["link headers"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("there", range(14))
def test_cut_inner_ethernet_header_is_damage(there: int) -> None:
    found = follow(bytes(there), 0x6558, 0)

    assert isinstance(found, Unread)
    assert [("ethernet header", f"{there} octets")] == [(fault.where, fault.got) for fault in found.faults]
