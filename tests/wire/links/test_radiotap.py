"""802.11 behind a radiotap header."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.radiotap import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0000 0800 00000000" + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45", LinkFrame(0x0800, 40)),
        ("0000 0900 02000000 10" + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45", LinkFrame(0x0800, 41)),
        (
            "0000 1900 03000080 00000000 00000000 0000000000000000 20"
            "8801 0000" + "02" * 18 + "1000 0000 0000 aaaa03000000 0800 45",
            LinkFrame(0x0800, 61),
        ),
        (
            "0000 0900 02000000 40" + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45",
            Unread("802.11 damaged in the air"),
        ),
        ("0000 0800 00000000" + "8000 0000" + "02" * 20, Unread("802.11 management")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(8))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0000 0800 00000000" + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["radiotap header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize(
    "head", ["0100 0800 00000000", "0000 0700 00000000", "0000 0900 00000000", "0000 ffff 00000000"]
)
def test_impossible_header_is_damage(head: str) -> None:
    found = decode(bytes.fromhex(head))

    assert isinstance(found, Unread)
    assert ["radiotap header"] == [fault.where for fault in found.faults]


def test_words_without_end_are_no_flags() -> None:
    """Each word says that another one follows, up to the end of the header."""
    header = bytes.fromhex("0000 6400") + b"\xff" * 96

    assert Unread("802.11 control") == decode(header + bytes.fromhex("d400"))
