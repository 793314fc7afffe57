"""Where the network packet begins."""

import numpy as np
import pytest

from tests.columns.lanes import ETHERNET, LINK_TYPES, NULL, RAW, SLL, SLL2, batch_of
from tests.columns.variants import MACS
from wiretruth.columns.links import IPV4, IPV6, NO_INDEX, Links, links
from wiretruth.columns.view import View
from wiretruth.wire.link_types import decoders

TAG = b"\x81\x00\x00\x07"


def read(frames: list[bytes], *link_types: int) -> Links:
    batch = batch_of(frames, link_types)
    return links(View(batch.buffer), batch, np.array(batch.offsets), np.array(batch.captured))


@pytest.mark.parametrize(
    ("link_type", "frame", "expected"),
    [
        (ETHERNET, MACS + b"\x08\x00", (IPV4, 14, 0, NO_INDEX)),
        (ETHERNET, MACS + TAG + b"\x86\xdd", (IPV6, 18, 0, NO_INDEX)),
        (ETHERNET, MACS + TAG * 2 + b"\x08\x00", (IPV4, 22, 0, NO_INDEX)),
        (ETHERNET, MACS + TAG * 3 + b"\x08\x00", (0x8100, 22, 0, NO_INDEX)),
        (ETHERNET, MACS + b"\x08\x06", (0x0806, 14, 0, NO_INDEX)),
        (ETHERNET, MACS + b"\x08", (0, 14, 0, NO_INDEX)),
        (SLL, b"\0\4\0\1\0\6" + bytes(8) + b"\x08\x00", (IPV4, 16, 2, NO_INDEX)),
        (SLL, b"\0\7\0\1\0\6" + bytes(8) + b"\x86\xdd", (IPV6, 16, 0, NO_INDEX)),
        (SLL2, b"\x08\x00\0\0\0\0\0\3\0\1\0\6" + bytes(8), (IPV4, 20, 1, 3)),
        (RAW, b"\x45", (IPV4, 0, 0, NO_INDEX)),
        (RAW, b"\x60", (IPV6, 0, 0, NO_INDEX)),
        (RAW, b"\x50", (0, 0, 0, NO_INDEX)),
        (RAW, b"", (0, 0, 0, NO_INDEX)),
        (NULL, b"\2\0\0\0", (IPV4, 4, 0, NO_INDEX)),
        (NULL, b"\0\0\0\x1e", (IPV6, 4, 0, NO_INDEX)),
        (NULL, b"\2\0\0", (0, 4, 0, NO_INDEX)),
        (147, b"\x45", (0, 0, 0, NO_INDEX)),
    ],
)
def test_header(link_type: int, frame: bytes, expected: tuple[int, ...]) -> None:
    found = read([frame, bytes(40)], link_type)

    assert expected == tuple(int(column[0]) for column in found)


def test_interfaces_differ() -> None:
    found = read([MACS + b"\x08\x00", b"\x60"], ETHERNET, RAW)

    assert ([IPV4, IPV6], [14, 14]) == (found.ethertype.tolist(), found.start.tolist())


LEFT_TO_WIRE = {
    6,
    9,
    10,
    50,
    51,
    100,
    104,
    105,
    107,
    109,
    117,
    119,
    122,
    127,
    138,
    149,
    163,
    166,
    192,
    219,
    226,
    239,
    242,
    258,
}
"""PPP, Cisco HDLC, frame relay, 802.11, logs of firewalls, and the small ones: few captures have them, none of them is big."""


def test_every_link_type_of_wire_is_read_here_or_left_to_it() -> None:
    """A new one may be left to ``wire``: then this says so."""
    assert decoders().keys() - {*LINK_TYPES, 12, 14} == LEFT_TO_WIRE
