"""The classic capture file of libpcap and tcpdump, in either byte order, with microseconds or nanoseconds.

Source: draft-ietf-opsawg-pcap; pcap-savefile(5).
"""

import struct

from wiretruth.capture import _pcap_variants as variants
from wiretruth.capture._pcap_variants import MODIFIED_HEADER, RECORD_HEADER, Layout
from wiretruth.capture.feed import Feed
from wiretruth.capture.rows import Rows, fill
from wiretruth.model.frames import NANOSECONDS, Fault, Interface

FILE_HEADER = 24

LARGEST_FRAME = 262_144
"""Longest frame that libpcap and Wireshark accept; nothing else in a record tells damage from data."""

LARGEST_MESSAGE = 16 * 1024 * 1024
"""The same for link types whose messages are longer by nature; they carry no mail, but must not end the file."""

LONG_LINK_TYPES = frozenset({231, 249, 279})
"""DBUS, USBPCAP, EBHSCR: where libpcap makes the same exception."""

_MICROSECONDS, _NANOSECONDS, _MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34
"""The last one is of Kuznetzov's modified pcap."""

MAGIC_NUMBERS = frozenset({_MICROSECONDS, _NANOSECONDS, _MODIFIED})
"""As seconds of a record without an octet, in the year 2055, they are the beginning of another file behind the first."""


def walk_records(octets: memoryview, position: int, layout: Layout, rows: Rows) -> int:
    """Add the whole records from *position* on to *rows*, as many as there is room for.

    Returns:
        Where the first record begins that was not taken.
    """
    if not layout.plain:
        return variants.walk(octets, position, layout, rows)

    def loop(begin: int, most: int) -> int:
        return _walk(octets, begin, layout, rows, most)

    def chains(begin: int) -> int:
        from wiretruth.capture import _pcap_chains  # noqa: PLC0415  (numpy is slow to load, and few files are big)

        return _pcap_chains.walk(octets, begin, layout, rows)

    return fill(rows, octets, position, loop, chains)


def _walk(octets: memoryview, position: int, layout: Layout, rows: Rows, most: int) -> int:
    """Do so one by one."""
    unpack, tick, largest = layout.record.unpack_from, layout.tick, layout.largest
    size = len(octets)
    last = size - RECORD_HEADER
    add_offset, add_captured = rows.offsets.append, rows.captured.append
    add_original, add_time = rows.original.append, rows.times.append
    for _ in range(most):
        if position > last:
            break
        seconds, fraction, captured, original = unpack(octets, position)
        begin = position + RECORD_HEADER
        following = begin + captured
        if following > size or captured > largest or (not captured and seconds in MAGIC_NUMBERS):
            break
        add_offset(begin)
        add_captured(captured)
        add_original(original if original > captured else captured)  # noqa: FURB136  (max() costs a call a packet)
        add_time(seconds * NANOSECONDS + fraction * tick)
        position = following
    return position


class PcapFeed(Feed):
    """One pcap file: one interface, one link type."""

    format = "pcap"

    def __init__(self) -> None:
        super().__init__()
        self._layout: Layout | None = None
        self._settled = False

    def _walk(self, octets: memoryview, position: int) -> tuple[int, int]:
        if self._layout is None:
            if len(octets) - position < FILE_HEADER:
                return position, FILE_HEADER
            self._layout = self._file_header(bytes(octets[position : position + FILE_HEADER]))
            position += FILE_HEADER
        if not self._settled:
            self._layout, needed = variants.settle(octets, position, self._layout, self._known[0].link_type)
            if needed > len(octets) - position:
                return position, needed
            self._settled = True
        position = walk_records(octets, position, self._layout, self._rows)
        if not self._rows.room:
            return position, 0
        return position, self._wanted(octets, position, self._layout)

    def _file_header(self, header: bytes) -> Layout:
        order = "<" if header[:4] in _LITTLE else ">"
        magic, major, minor, _zone, _accuracy, snap_length, link = struct.unpack(f"{order}IHHiIII", header)
        link_type = link & 0xFFFF  # the upper half tells of frame check sequences
        self._known.append(Interface(None, link_type, snap_length))
        largest = LARGEST_MESSAGE if link_type in LONG_LINK_TYPES else LARGEST_FRAME
        tick = 1 if magic == _NANOSECONDS else 1000
        size = MODIFIED_HEADER if magic == _MODIFIED else RECORD_HEADER
        return Layout(struct.Struct(f"{order}IIII"), tick, largest, size, variants.lengths_of(major, minor))

    def _wanted(self, octets: memoryview, position: int, layout: Layout) -> int:
        if len(octets) - position < layout.header:
            return layout.header
        captured = layout.captured_at(octets, position)
        number = self._number + len(self._rows)
        if not captured and layout.record.unpack_from(octets, position)[0] in MAGIC_NUMBERS:
            got = "the header of another file: name the files one by one, and they are joined"
            self._end(Fault("pcap record header", self._base + position, "a packet", got, number))
            return 0
        if captured > layout.largest:
            place = self._base + position + 8
            expected = f"a captured length of at most {layout.largest}"
            self._end(Fault("pcap record header", place, expected, str(captured), number))
            return 0
        return layout.header + captured

    def _place(self) -> str:
        return "pcap record" if self._layout else "pcap file header"


_LITTLE = tuple(magic.to_bytes(4, "little") for magic in (_MICROSECONDS, _NANOSECONDS, _MODIFIED))
_BIG = tuple(magic.to_bytes(4, "big") for magic in (_MICROSECONDS, _NANOSECONDS, _MODIFIED))

MAGICS = _LITTLE + _BIG
FEED = PcapFeed
