import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.raw import decode


@pytest.mark.parametrize(("first", "ethertype"), [(0x45, 0x0800), (0x4F, 0x0800), (0x60, 0x86DD), (0x6F, 0x86DD)])
def test_version_tells_the_protocol(first: int, ethertype: int) -> None:
    assert LinkFrame(ethertype, 0) == decode(bytes([first]))


@pytest.mark.parametrize(("frame", "place"), [(b"", "ip header"), (b"\x00", "ip version"), (b"\xff", "ip version")])
def test_anything_else_is_damage(frame: bytes, place: str) -> None:
    found = decode(frame)

    assert isinstance(found, Unread)
    assert ("damaged", [place]) == (found.kind, [fault.where for fault in found.faults])
