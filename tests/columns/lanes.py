"""Frames in a batch, and the question that every test of the columns asks: what would ``wire`` have made of each row?"""

from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from wiretruth.columns.headers import choose, headers
from wiretruth.columns.packets import Maker
from wiretruth.model.frames import FrameBatch, Interface
from wiretruth.model.packet import IcmpMessage, Packet, TcpSegment, UdpDatagram, Unread
from wiretruth.wire import decode
from wiretruth.wire.addresses import ipv4_text, ipv6_text

FIRST: Final = 101
ETHERNET, RAW, SLL, SLL2, NULL, LOOP = 1, 101, 113, 276, 0, 108
LINK_TYPES: Final = (ETHERNET, RAW, SLL, SLL2, NULL, LOOP, 228, 229, 147)


def batch_of(
    frames: Sequence[bytes], link_types: Sequence[int] = (ETHERNET,), originals: Iterable[int] | None = None
) -> FrameBatch:
    """Put frames into one buffer without anything between them, interfaces taking turns."""
    offsets, position = array("q"), 0
    for frame in frames:
        offsets.append(position)
        position += len(frame)
    captured = array("q", map(len, frames))
    return FrameBatch(
        buffer=b"".join(frames),
        offsets=offsets,
        captured=captured,
        original=array("q", map(max, captured, originals or repeat(0))),
        times=array("q", range(1000, 1000 + len(frames))),
        interface=array("q", (row % len(link_types) for row in range(len(frames)))),
        interfaces=tuple(Interface(None, link_type, 0) for link_type in link_types),
        first_number=FIRST,
    )


def by_wire(batch: FrameBatch, row: int) -> Packet | Unread:
    """Decode one row as the definition does."""
    begin = batch.offsets[row]
    return decode(
        memoryview(batch.buffer)[begin : begin + batch.captured[row]],
        batch.interfaces[batch.interface[row]].link_type,
        vantage_of=lambda index: f"at {index}",
        number=batch.first_number + row,
        at=batch.times[row],
        original=batch.original[row],
    )


class Compared(NamedTuple):
    """What the columns made of a batch."""

    packets: dict[int, Packet]
    """By row."""
    odd: list[int]
    """Rows that they leave to ``wire``."""


def columns(batch: FrameBatch, pairs: Sequence[tuple[int, int]] = (), *, everything: bool = True) -> Compared:
    """Read a batch by columns."""
    found = headers(batch)
    indexes = [None if i < 0 else i for i in found.links.kernel_index.tolist()]
    chosen = choose(found, pairs, found.times >= 0, everything=everything)
    maker = Maker(ipv4_text, ipv6_text, batch.first_number, lambda rows: [f"at {indexes[row]}" for row in rows])
    odd = [row for row, regular in enumerate(found.regular.tolist()) if not regular]
    return Compared(maker.packets(found, chosen), odd)


def agree(batch: FrameBatch) -> Compared:
    """Hold every regular row to the definition: same packets, of the same types; nothing else is called regular."""
    compared = columns(batch)
    odd = set(compared.odd)
    assert odd.isdisjoint(compared.packets)
    for row in range(len(batch)):
        if row not in odd:
            _same(by_wire(batch, row), compared.packets.get(row))
    return compared


def _same(expected: Packet | Unread, got: Packet | None) -> None:
    assert isinstance(expected, Packet)
    assert expected.faults == ()
    if got is None:
        transport = expected.transport
        assert isinstance(transport, IcmpMessage | UdpDatagram | None)
        assert not isinstance(transport, IcmpMessage) or transport.quoted is None
        return
    assert expected == got
    assert _types(expected) == _types(got)


def _types(packet: Packet) -> list[type]:
    transport = packet.transport
    inner = list(transport) if isinstance(transport, TcpSegment | UdpDatagram) else []
    return [type(value) for value in (*packet, *inner)]
