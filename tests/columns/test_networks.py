"""IP headers: which are regular, and where what they hold begins and ends."""

import numpy as np
import pytest

from tests.columns.lanes import RAW, batch_of
from tests.wire.made import ipv4, ipv6, tcp, udp
from wiretruth.columns import networks as room
from wiretruth.columns.links import links
from wiretruth.columns.networks import Networks, limits, networks, of_protocol
from wiretruth.columns.view import View
from wiretruth.wire import frame as definition


def read(frames: list[bytes], originals: list[int] | None = None) -> Networks:
    batch = batch_of(frames, [RAW], originals)
    offsets, captured, original = (np.array(c) for c in (batch.offsets, batch.captured, batch.original))
    view = View(batch.buffer)
    return networks(
        view, links(view, batch, offsets, captured), offsets + captured, limits(offsets, captured, original)
    )


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (ipv4(b"1234"), True),
        (ipv4(b"1234", options=b"\x01" * 8), True),
        (ipv4(b"1234", pieces=0x4000), True),
        (ipv4(b"1234", pieces=0x2000), False),
        (ipv4(b"1234", pieces=0x0001), False),
        (ipv4(b"1234", length=0), False),
        (ipv4(b"1234", length=19), False),
        (ipv4(b"1234", length=25), False),
        (ipv4(b"1234", first=0x44), False),
        (ipv4(b"1234", first=0x65), False),
        (ipv4(b"1234")[:19], False),
        (ipv6(b"1234"), True),
        (ipv6(b"1234", 44), False),
        (ipv6(b"1234", 59), True),
        (ipv6(b"1234", length=0), False),
        (ipv6(b"1234", length=5), False),
        (ipv6(b"1234")[:39], False),
    ],
)
def test_regular(packet: bytes, expected: bool) -> None:
    assert [expected, True] == read([packet, ipv4(bytes(60))]).sound.tolist()


def test_places() -> None:
    """Padding behind the packet is not its; what the capture cut is."""
    found = read([ipv4(b"1234", options=b"\x01" * 4) + b"padding", ipv6(b"123456")[:42]], [0, 46])

    assert [24, 35 + 40] == found.begin.tolist()
    assert [28, 35 + 42] == found.stop.tolist()
    assert [28, 46] == found.length.tolist()


def test_protocols() -> None:
    found = read([ipv4(tcp(), 6), ipv6(udp()), ipv6(tcp(), 6), ipv4(tcp(), 6, length=0)])

    assert [0, 2] == of_protocol(found, 6).tolist()
    assert [0] == of_protocol(found, 6, version=4).tolist()
    assert [2] == of_protocol(found, 6, version=6).tolist()


def test_absurd_lengths_are_believed_as_far_as_wire_does() -> None:
    assert definition.MAX_FRAME == room.MAX_FRAME
    assert [7 + (1 << 20)] == limits(np.array([7]), np.array([60]), np.array([1 << 40])).tolist()
