"""TCP and UDP headers: which are regular, and where their payloads lie."""

import pytest

from tests.columns.lanes import RAW, batch_of
from tests.wire.made import ipv4, tcp, udp
from wiretruth.columns.headers import headers

STAMPED = bytes.fromhex("0101080a0000000100000002")


@pytest.mark.parametrize(
    ("segment", "sound", "payload"),
    [
        (tcp(b"abc"), True, b"abc"),
        (tcp(b"abc", STAMPED), True, b"abc"),
        (tcp(b"", STAMPED), True, b""),
        (tcp(b"abc", offset=4), False, None),
        (tcp(b"abc", offset=6), False, None),
        (tcp(b"abcd", b"\x05\x03\0\0"), False, None),
        (tcp(b"\x01\x01\x01\x01", offset=6), True, b""),
    ],
)
def test_segments(segment: bytes, sound: bool, payload: bytes | None) -> None:
    packet = ipv4(segment, 6)
    found = headers(batch_of([packet], [RAW])).segments

    assert ([sound], [40000], [25], [0x18]) == (
        found.sound.tolist(), found.source_port.tolist(), found.destination_port.tolist(), found.flags.tolist()
    )  # fmt: skip
    assert payload is None or payload == packet[found.begin[0] : found.stop[0]]


@pytest.mark.parametrize(
    ("datagram", "sound", "payload", "length"),
    [
        (udp(b"abc"), True, b"abc", 3),
        (udp(b"abc", length=0), True, b"abc", 3),
        (udp(b"abc", length=9), True, b"a", 1),
        (udp(b"abc", length=8), True, b"", 0),
        (udp(b"abc", length=12), False, None, None),
        (udp(b"abc", length=7), False, None, None),
        (udp()[:7], False, None, None),
    ],
)
def test_datagrams(datagram: bytes, sound: bool, payload: bytes | None, length: int | None) -> None:
    packet = ipv4(datagram)
    found = headers(batch_of([packet], [RAW])).datagrams

    assert [sound] == found.sound.tolist()
    if sound:
        assert (payload, length) == (packet[found.begin[0] : found.stop[0]], found.length[0])
