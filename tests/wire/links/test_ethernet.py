import pytest

from tests.wire.made import MACS
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.links.ethernet import decode


@pytest.mark.parametrize(
    ("behind_addresses", "found"),
    [
        ("0800", LinkFrame(0x0800, 14)),
        ("86dd", LinkFrame(0x86DD, 14)),
        ("0806", LinkFrame(0x0806, 14)),
        ("81000064 0800", LinkFrame(0x0800, 18)),
        ("88a80064 81000065 86dd", LinkFrame(0x86DD, 22)),
        ("0026 aaaa03000000 0800", LinkFrame(0x0800, 22)),
        ("0026 424203", Unread("LLC")),
    ],
)
def test_network_packet_is_found(behind_addresses: str, found: LinkFrame | Unread) -> None:
    assert found == decode(MACS + bytes.fromhex(behind_addresses) + bytes(40))


@pytest.mark.parametrize("there", range(14))
def test_short_frame_is_damage(there: int) -> None:
    found = decode((MACS + b"\x08\x00")[:there])

    assert isinstance(found, Unread)
    assert [("ethernet header", 0, f"{there} octets")] == [(f.where, f.offset, f.got) for f in found.faults]
