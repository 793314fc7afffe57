import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.tunnels.geneve import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0000 6558 00000100" + "02" * 12 + "0800 45", LinkFrame(0x0800, 22)),
        ("0200 6558 00000100" + "00" * 8 + "02" * 12 + "86dd 60", LinkFrame(0x86DD, 30)),
        ("00c0 0800 00000100 45", LinkFrame(0x0800, 8)),
        ("0000 86dd 00000100 60", LinkFrame(0x86DD, 8)),
        ("0000 894f 00000100", LinkFrame(0x894F, 8)),
    ],
)
def test_what_is_inside(octets: str, found: LinkFrame) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    "header",
    ["0000 6558 000001", "4000 6558 00000100", "0001 6558 00000100", "0000 6558 00000101", "0000 0026 00000100"],
)
def test_header_that_makes_no_sense_is_none(header: str) -> None:
    assert decode(bytes.fromhex(header), 0) is None


def test_cut_options_are_damage() -> None:
    found = decode(bytes.fromhex("3f00 6558 00000100"), 0)

    assert isinstance(found, Unread)
    assert [("geneve header", "260 octets")] == [(fault.where, fault.expected) for fault in found.faults]
