"""The blocks of pcapng that describe: sections, interfaces, statistics. Octets in, records out.

Source: draft-ietf-opsawg-pcapng.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import gcd
from typing import NamedTuple

from wiretruth.model.frames import NANOSECONDS, Interface
from wiretruth.octets import printable

BYTE_ORDER_MAGIC = 0x1A2B3C4D

IF_NAME, IF_TSRESOL, IF_TSOFFSET = 2, 9, 14
ISB_IFDROP, ISB_OSDROP = 5, 7
EPB_DROPCOUNT = 4
"""Option codes, §4.2, §4.3 and §4.6."""

PACKET = 32
"""Octets of an enhanced packet block around its packet, options left out."""

DROPCOUNT = 12
"""Octets of the option."""

MAX_OPTIONS = 64
"""Options of one packet that are looked at; nobody writes more than a handful."""

UNTOLD = 0xFFFF
"""Drop count of an obsolete packet block that says nothing (§A)."""

LATEST = 2**63 - 1
"""The last moment that a batch can hold: a column has 64 bits."""

_LARGEST_OFFSET = 2**62 // NANOSECONDS


class Clock(NamedTuple):
    """How an interface counts time: nanoseconds = ticks * multiplier // divisor + offset."""

    multiplier: int = 1000
    divisor: int = 1
    offset: int = 0

    def nanoseconds(self, high: int, low: int) -> int:
        """Give the moment of a timestamp in two halves; it may lie beyond :data:`LATEST`."""
        return ((high << 32) | low) * self.multiplier // self.divisor + self.offset


class PacketHead(NamedTuple):
    """What stands before the octets of a packet, in any of the three packet blocks."""

    size: int
    """Octets of the body before the packet."""
    interface: int
    """Counts within the section."""
    ticks: tuple[int, int] | None
    """Timestamp in two halves; the simple packet block has none."""
    captured: int
    original: int


class OptionError(ValueError):
    """An option that does not fit its block, or whose value has the wrong length."""


@dataclass(slots=True)
class Section:
    """One section while it is read: its byte order and its interfaces so far."""

    order: str
    """``<`` or ``>``, as :mod:`struct` says it."""
    first_interface: int
    """Place of its interface 0 among all interfaces of the input."""
    clocks: list[Clock] = field(default_factory=list)
    """One an interface."""
    lost: Counter[int] = field(default_factory=Counter)
    """Frames that were dropped before single packets, by interface of the input."""
    word: struct.Struct = field(init=False)
    enhanced: struct.Struct = field(init=False)
    """Head of an enhanced packet block: type, length, interface, timestamp high, low, captured, original."""

    def __post_init__(self) -> None:
        self.word = struct.Struct(f"{self.order}I")
        self.enhanced = struct.Struct(f"{self.order}7I")

    def note_lost(self, interface: int, octets: memoryview) -> None:
        """Count what the options of a packet on the section's *interface* say was dropped before it."""
        if lost := dropped(bytes(octets), self.order):
            self.lost[self.first_interface + interface] += lost


def byte_order(magic: bytes) -> str | None:
    """Read the byte-order magic of a section header; ``None`` for what is none."""
    return {
        BYTE_ORDER_MAGIC.to_bytes(4, "little"): "<",
        BYTE_ORDER_MAGIC.to_bytes(4, "big"): ">",
    }.get(magic)


def options(octets: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    """Give code and value of each option up to the end-of-options (§3.5).

    Raises:
        OptionError: an option reaches beyond the block.
    """
    head = struct.Struct(f"{order}HH")
    position = 0
    while position + head.size <= len(octets):
        code, length = head.unpack_from(octets, position)
        if code == 0:
            return
        begin = position + head.size
        if begin + length > len(octets):
            raise OptionError(f"option {code} of {length} octets where {len(octets) - begin} are left")
        yield code, octets[begin : begin + length]
        position = begin + length + (-length % 4)


def dropped(octets: bytes, order: str) -> int:
    """Read epb_dropcount (§4.3), frames lost since the packet before, from the options of a packet; damage ends them."""
    lost = 0
    try:
        for code, value in islice(options(octets, order), MAX_OPTIONS):
            if code == EPB_DROPCOUNT and len(value) == 8:  # noqa: PLR2004 - octets of a 64-bit number
                lost += int(struct.unpack(f"{order}Q", value)[0])
    except OptionError:
        pass
    return lost


def interface_description(body: bytes, order: str) -> tuple[Interface, Clock]:
    """Read an interface description block (§4.2); *body* has at least 8 octets.

    Raises:
        OptionError: its options are damaged, so its clock cannot be trusted.
    """
    link_type, _reserved, snap_length = struct.unpack_from(f"{order}HHI", body)
    name, clock, offset = None, Clock(), 0
    for code, value in options(body[8:], order):
        if code == IF_NAME:
            name = printable(value.rstrip(b"\0")) or None
        elif code == IF_TSRESOL:
            clock = _resolution(_sized(code, value, 1)[0])
        elif code == IF_TSOFFSET:
            offset = struct.unpack(f"{order}q", _sized(code, value, 8))[0]
    offset = max(-_LARGEST_OFFSET, min(_LARGEST_OFFSET, offset))
    return Interface(name, link_type, snap_length), clock._replace(offset=offset * NANOSECONDS)


def interface_drops(body: bytes, order: str) -> tuple[int, int | None]:
    """Read an interface statistics block (§4.6): the interface, and the frames lost to it or to the system.

    Raises:
        OptionError: its options are damaged.
    """
    interface: int = struct.unpack_from(f"{order}I", body)[0]
    dropped = [
        int(struct.unpack(f"{order}Q", _sized(code, value, 8))[0])
        for code, value in options(body[12:], order)
        if code in (ISB_IFDROP, ISB_OSDROP)
    ]
    return interface, sum(dropped) if dropped else None


def _resolution(value: int) -> Clock:
    """Read if_tsresol: the negative power of 10, or of 2 where the highest bit is set."""
    ticks = 2 ** (value & 0x7F) if value & 0x80 else 10**value
    common = gcd(NANOSECONDS, ticks)
    return Clock(NANOSECONDS // common, ticks // common)


def _sized(code: int, value: bytes, size: int) -> bytes:
    if len(value) != size:
        raise OptionError(f"option {code} of {len(value)} octets instead of {size}")
    return value
