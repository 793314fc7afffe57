"""What a rule of Linux' firewall logged."""

import pytest

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.nflog import decode


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        ("0200 0001 0800 0100 0800 0100 0500 0a00 00 000000 0500 0900 45", LinkFrame(0x0800, 24)),
        ("0200 0001 0008 0001 0800 0100 0005 000a 00 000000 0005 0009 45", LinkFrame(0x0800, 24)),
        ("0a00 0001 0500 0900 60", LinkFrame(0x86DD, 8)),
        ("0200 0001 0800 0100 0800 0100", Unread("NFLOG without a packet")),
        ("0700 0001 0500 0900 60", Unread("NFLOG family 7")),
    ],
)
def test_network_packet_is_found(octets: str, found: LinkFrame | Unread) -> None:
    assert found == decode(bytes.fromhex(octets))


@pytest.mark.parametrize("there", range(4))
def test_cut_header_is_damage(there: int) -> None:
    found = decode(bytes.fromhex("0200 0001 0800 0100 0800 0100 0500 0a00 00 000000 0500 0900 45")[:there])

    assert isinstance(found, Unread)
    assert ["nflog header"] == [fault.where for fault in found.faults]


@pytest.mark.parametrize("fields", ["0300 0100", "0000 0000", "0400 0100" * 65])
def test_impossible_fields_are_damage(fields: str) -> None:
    found = decode(bytes.fromhex("0200 0001" + fields))

    assert isinstance(found, Unread)
    assert ["nflog field"] == [fault.where for fault in found.faults]
