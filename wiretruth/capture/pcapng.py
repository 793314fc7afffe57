"""The block-structured capture file of Wireshark and dumpcap: sections, interfaces, nanoseconds.

Source: draft-ietf-opsawg-pcapng.
"""

import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from wiretruth.capture.feed import LARGEST_RECORD, MAX_INTERFACES, Feed
from wiretruth.capture.pcapng_blocks import (
    DROPCOUNT,
    LATEST,
    PACKET,
    UNTOLD,
    Clock,
    OptionError,
    PacketHead,
    Section,
    byte_order,
    interface_description,
    interface_drops,
)
from wiretruth.capture.rows import Rows, fill
from wiretruth.model.frames import Fault

SECTION_HEADER = 0x0A0D0D0A
INTERFACE_DESCRIPTION, OLD_PACKET, SIMPLE_PACKET, INTERFACE_STATISTICS, ENHANCED_PACKET = 1, 2, 3, 5, 6

NUMBERED = frozenset({9, 0xBAD, 0x40000BAD, 0x204, 0x208, 0x216, 0x217, 0x221, 0x222})
"""Blocks without a packet that tshark gives a frame number to: systemd journal, custom blocks, sysdig events."""

VERSIONS = frozenset({(1, 0), (1, 2)})
"""Those in use (§4.1); their content is the same."""

FRAME = 12
"""Octets around the body of a block: its type, its length, and its length again."""


def walk_packets(octets: memoryview, position: int, section: Section, rows: Rows) -> int:
    """Add the whole, sound enhanced packet blocks from *position* on to *rows*, as many as there is room for.

    Returns:
        Where the first block begins that is anything else.
    """

    def loop(begin: int, most: int) -> int:
        return _walk(octets, begin, section, rows, most)

    def chains(begin: int) -> int:
        from wiretruth.capture import _pcapng_chains  # noqa: PLC0415  (numpy is slow to load, and few files are big)

        return _pcapng_chains.walk(octets, begin, section, LARGEST_RECORD, rows)

    return fill(rows, octets, position, loop, chains)


def _walk(octets: memoryview, position: int, section: Section, rows: Rows, most: int) -> int:
    """Do so one by one."""
    unpack, trailer, clocks = section.enhanced.unpack_from, section.word.unpack_from, section.clocks
    known, first = len(clocks), section.first_interface
    size = len(octets)
    last = size - PACKET
    add_offset, add_captured, add_interface = rows.offsets.append, rows.captured.append, rows.interface.append
    add_original, add_time = rows.original.append, rows.times.append
    for _ in range(most):
        if position > last:
            break
        kind, length, interface, high, low, captured, original = unpack(octets, position)
        following = position + length
        if (
            kind != ENHANCED_PACKET
            or captured > length - PACKET
            or length > LARGEST_RECORD
            or following > size
            or interface >= known
            or length & 3
            or trailer(octets, following - 4)[0] != length
        ):
            break
        multiplier, divisor, offset = clocks[interface]
        time = ((high << 32) | low) * multiplier // divisor + offset
        if time > LATEST:
            break
        add_offset(position + 28)
        add_captured(captured)
        add_original(original if original > captured else captured)  # noqa: FURB136  (max() costs a call a packet)
        add_time(time)
        add_interface(first + interface)
        if length - captured >= PACKET + DROPCOUNT:
            section.note_lost(interface, octets[position + 28 + (captured + 3 & ~3) : following - 4])
        position = following
    return position


class PcapngFeed(Feed):
    """One pcapng file: sections in either byte order, each with its own interfaces."""

    format = "pcapng"

    def __init__(self) -> None:
        super().__init__()
        self._lost: Counter[int] = Counter()
        self._section = Section("<", 0, lost=self._lost)
        self._sections = -1
        self._drops: dict[int, int] = {}
        self._time = 0
        self._untimed = False
        self._blocks: dict[int, tuple[int, Callable[[memoryview, int], None]]] = {
            SECTION_HEADER: (16, self._section_header),
            INTERFACE_DESCRIPTION: (8, self._interface_description),
            OLD_PACKET: (20, self._old_packet),
            SIMPLE_PACKET: (4, self._simple_packet),
            INTERFACE_STATISTICS: (12, self._interface_statistics),
            ENHANCED_PACKET: (20, self._enhanced_packet),
        }

    @property
    def kernel_drops(self) -> int | None:
        """The last count of each interface (``isb_ifdrop`` and ``isb_osdrop``), all added up.

        Drops that are told at packets are the same ones: of each interface, the higher count is taken.
        """
        told = self._drops.keys() | self._lost.keys()
        return sum(max(self._drops.get(one, 0), self._lost[one]) for one in told) if told else None

    def _walk(self, octets: memoryview, position: int) -> tuple[int, int]:
        while self._rows.room and not self._ended:
            position = walk_packets(octets, position, self._section, self._rows)
            if self._rows.times:
                self._time = self._rows.times[-1]
            length = self._block_length(octets, position)
            if length > len(octets) - position:
                return position, length
            if not (length and self._rows.room):
                break
            kind = self._section.word.unpack_from(octets, position)[0]
            if kind in NUMBERED:
                if self._rows:
                    break  # the numbers of a batch are consecutive
                self._number += 1
            elif kind == INTERFACE_DESCRIPTION and self._rows:
                break  # a batch knows the interfaces that were described before it
            self._block(octets, position, length, kind)
            position += length
        return position, 0

    def _block_length(self, octets: memoryview, position: int) -> int:
        """Give the length of a block, or of what is needed to know it; damage ends the feed and gives 0."""
        left = len(octets) - position
        if left < FRAME:
            return FRAME
        word = self._section.word
        if word.unpack_from(octets, position)[0] == SECTION_HEADER:  # the same in either byte order
            magic = bytes(octets[position + 8 : position + 12])
            order = byte_order(magic)
            if order is None:
                self._damage("section header", position + 8, "the byte-order magic", magic.hex())
                return 0
            word = struct.Struct(f"{order}I")
        length: int = word.unpack_from(octets, position + 4)[0]
        if not FRAME <= length <= LARGEST_RECORD or length % 4:
            expected = f"a multiple of 4 from {FRAME} to {LARGEST_RECORD}"
            self._damage("block length", position + 4, expected, str(length))
            return 0
        if length <= left and (again := word.unpack_from(octets, position + length - 4)[0]) != length:
            self._damage("block length", position + length - 4, f"{length} again", str(again))
            return 0
        return length

    def _block(self, octets: memoryview, position: int, length: int, kind: int) -> None:
        minimum, read = self._blocks.get(kind, (0, None))
        body = octets[position + 8 : position + length - 4]
        if len(body) < minimum:
            self._damage(f"block of type {kind}", position, f"at least {minimum} octets", f"{len(body)}")
        elif read:
            read(body, position + 8)

    def _section_header(self, body: memoryview, position: int) -> None:
        order = byte_order(bytes(body[:4])) or "<"
        version = struct.unpack_from(f"{order}HH", body, 4)
        if version not in VERSIONS:
            self._damage("section header", position + 4, "version 1.0", ".".join(map(str, version)))
            return
        self._sections += 1
        self._section = Section(order, len(self._known), lost=self._lost)

    def _interface_description(self, body: memoryview, position: int) -> None:
        if len(self._known) == MAX_INTERFACES:
            self._damage("interface description", position, f"at most {MAX_INTERFACES} interfaces", "one more")
            return
        try:
            interface, clock = interface_description(bytes(body), self._section.order)
        except OptionError as error:
            self._damage("interface description", position, "sound options", str(error))
            return
        self._known.append(replace(interface, section=self._sections))
        self._section.clocks.append(clock)

    def _interface_statistics(self, body: memoryview, position: int) -> None:
        try:
            interface, drops = interface_drops(bytes(body), self._section.order)
        except OptionError as error:
            self._note(Fault("interface statistics", self._base + position, "sound options", str(error)))
            return
        if drops is not None and interface < len(self._section.clocks):
            self._drops[self._section.first_interface + interface] = drops

    def _enhanced_packet(self, body: memoryview, position: int) -> None:
        interface, high, low, captured, original = struct.unpack_from(f"{self._section.order}5I", body)
        if self._packet(body, position, PacketHead(20, interface, (high, low), captured, original)):
            self._section.note_lost(interface, body[20 + (captured + 3 & ~3) :])

    def _old_packet(self, body: memoryview, position: int) -> None:
        interface, lost, high, low, captured, original = struct.unpack_from(f"{self._section.order}HH4I", body)
        if self._packet(body, position, PacketHead(20, interface, (high, low), captured, original)) and lost != UNTOLD:
            self._lost[self._section.first_interface + interface] += lost

    def _simple_packet(self, body: memoryview, position: int) -> None:
        original: int = self._section.word.unpack_from(body)[0]
        captured = min(original, len(body) - 4)
        if self._section.clocks:
            captured = min(captured, self._known[self._section.first_interface].snap_length or captured)
        self._packet(body, position, PacketHead(4, 0, None, captured, original))

    def _packet(self, body: memoryview, position: int, packet: PacketHead) -> bool:
        """Add a packet; tell whether it is sound."""
        clocks, room = self._section.clocks, len(body) - packet.size
        if packet.interface >= len(clocks):
            expected = f"one of the section's {len(clocks)} interfaces"
            self._damage("packet block", position, expected, str(packet.interface))
        elif packet.captured > room:
            self._damage("packet block", position, f"at most {room} captured octets", str(packet.captured))
        else:
            self._time = self._moment(clocks[packet.interface], packet.ticks, position)
            interface = self._section.first_interface + packet.interface
            self._rows.append(position + packet.size, packet.captured, packet.original, self._time, interface)
            return True
        return False

    def _moment(self, clock: Clock, ticks: tuple[int, int] | None, position: int) -> int:
        """Give a packet's time; the one before it where it has none, or one that no batch can hold."""
        time = clock.nanoseconds(*ticks) if ticks else None
        if time is not None and time <= LATEST:
            return time
        if not self._untimed:
            self._untimed = True
            got = "none" if time is None else f"{time} ns"
            fault = Fault(
                "packet block",
                self._base + position,
                "a timestamp before the year 2262",
                f"{got}: the time of the frame before it is used",
            )
            self._note(fault)
        return self._time

    def _damage(self, where: str, position: int, expected: str, got: str) -> None:
        """End the feed; *position* counts within the octets at hand."""
        self._end(Fault(where, self._base + position, expected, got))

    def _place(self) -> str:
        return "pcapng block"


MAGICS = (SECTION_HEADER.to_bytes(4, "big"),)
FEED = PcapngFeed
