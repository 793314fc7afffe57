"""MPLS without a link header."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.mpls import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("00001101 45", LinkFrame(0x0800, 4)),
        ("00001001 00001101 60", LinkFrame(0x86DD, 8)),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(4))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("00001101 45")[:there])

    assert isinstance(found, Unread)
    assert ["mpls label"] == [fault.where for fault in found.faults]


STACKED = "00001001"
LAST = "00001101"


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (STACKED * 15 + LAST + "45", LinkFrame(0x0800, 64)),
        (LAST + "00000000" + "02" * 12 + "0800", LinkFrame(0x0800, 22)),
        (LAST + "00000000" + "02" * 12 + "8100 0064 86dd", LinkFrame(0x86DD, 26)),
        (LAST + "00000000" + "02" * 12 + "1234", Unread("MPLS")),
        (LAST + "10000000", Unread("MPLS")),
    ],
    ids=["deep", "pseudowire", "pseudowire with a tag", "no Ethernet", "associated channel"],
)
def test_what_stands_behind_the_stack(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


def test_stack_without_end_is_damage() -> None:
    found = decode(bytes.fromhex(STACKED * 17 + LAST + "45"))

    assert isinstance(found, Unread)
    assert [("mpls label", 64)] == [(fault.where, fault.offset) for fault in found.faults]


def test_nothing_behind_the_stack_is_damage() -> None:
    found = decode(bytes.fromhex(LAST))

    assert isinstance(found, Unread)
    assert ["mpls payload"] == [fault.where for fault in found.faults]
