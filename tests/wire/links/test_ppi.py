"""A header that names the link type behind it."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ppi import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0000 0800 01000000" + "00" * 12 + "0800 45", LinkFrame(0x0800, 22)),
        ("0000 0c00 69000000 00000000" + "0801 0000" + "02" * 18 + "1000 aaaa03000000 0800 45", LinkFrame(0x0800, 44)),
        ("0000 0800 93000000 00", Unread("link type 147")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(8))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0000 0800 01000000" + "00" * 12 + "0800 45")[:there])

    assert isinstance(found, Unread)
    assert ["ppi header"] == [fault.where for fault in found.faults]


def test_headers_within_headers_are_not_followed() -> None:
    """No frame makes the reader descend."""
    assert Unread("link type 192") == decode(bytes.fromhex("0000 0800 c0000000") * 8000)


def test_place_of_damage_counts_from_the_start_of_the_frame() -> None:
    found = decode(bytes.fromhex("0000 0800 01000000 0000"))

    assert isinstance(found, Unread)
    assert [("ethernet header", 8)] == [(fault.where, fault.offset) for fault in found.faults]


@pytest.mark.parametrize("length", ["0700", "0900", "ffff"])
def test_impossible_length_is_damage(length: str) -> None:
    found = decode(bytes.fromhex("0000" + length + "01000000"))

    assert isinstance(found, Unread)
    assert ["ppi header"] == [fault.where for fault in found.faults]
