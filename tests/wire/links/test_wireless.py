"""Data frames of IEEE 802.11, made by hand."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links._wireless import decode

REST = "0000" + "02" * 18
"""Duration and three addresses."""
FIRST = "1000"
"""Sequence control: no fragment."""
SUBFRAME = "02" * 12
FCS = "12345678"
IP = "aaaa03000000 0800"


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0800" + REST + FIRST + IP, LinkFrame(0x0800, 32)),
        ("0803" + REST + FIRST + "02" * 6 + IP, LinkFrame(0x0800, 38)),
        ("8801" + REST + FIRST + "0000" + IP, LinkFrame(0x0800, 34)),
        ("8803" + REST + FIRST + "02" * 6 + "0000" + IP, LinkFrame(0x0800, 40)),
        ("8881" + REST + FIRST + "0000 00000000" + IP, LinkFrame(0x0800, 38)),
        ("0801" + REST + FIRST + "424203", Unread("LLC")),
        ("0801" + REST + "1100" + IP, Unread("802.11 fragment")),
        ("0805" + REST + FIRST + IP, Unread("802.11 fragment")),
        ("8801" + REST + FIRST + "8000" + SUBFRAME + "0009" + IP + "45", LinkFrame(0x0800, 48)),
        ("8801" + REST + FIRST + "8000" + SUBFRAME + "0009" + IP + "45 000000" + FCS, LinkFrame(0x0800, 48)),
        ("8801" + REST + FIRST + "8000" + SUBFRAME + "05dc" + IP + "45", LinkFrame(0x0800, 48)),
        (
            "8801" + REST + FIRST + "8000" + (SUBFRAME + "0009" + IP + "45 000000") * 2,
            Unread("802.11 A-MSDU of several packets"),
        ),
        ("0841" + REST + FIRST + IP, Unread("802.11 encrypted")),
        ("4801" + REST + FIRST, Unread("802.11 without data")),
        ("c801" + REST + FIRST + "0000", Unread("802.11 without data")),
        ("8000" + REST + FIRST, Unread("802.11 management")),
        ("d400", Unread("802.11 control")),
        ("0c00", Unread("802.11 extension")),
    ],
)
def test_data_frames_and_what_is_none(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets), 0)


def test_padded_header() -> None:
    frame = bytes.fromhex("8801" + REST + FIRST + "0000 0000" + IP)

    assert LinkFrame(0x0800, 36) == decode(frame, 0, padded=True)


@pytest.mark.parametrize(("there", "control"), [(1, "0801"), (23, "0801"), (25, "8801"), (29, "0803")])
def test_cut_header_is_damage(there: int, control: str) -> None:
    found = decode(b"\xff" + bytes.fromhex(control + REST + FIRST + "02" * 6)[:there], 1)

    assert isinstance(found, Unread)
    assert [("802.11 header", 1)] == [(fault.where, fault.offset) for fault in found.faults]


def test_cut_aggregate_is_damage() -> None:
    found = decode(bytes.fromhex("8801" + REST + FIRST + "8000" + SUBFRAME), 0)

    assert isinstance(found, Unread)
    assert [("802.11 A-MSDU subframe", 26)] == [(fault.where, fault.offset) for fault in found.faults]
