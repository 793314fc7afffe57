"""The dialects of pcap: longer record headers, and lengths in the other order. They are rare, and read one by one.

Two patched libpcaps of the last century changed the record header without a word in the file: Red Hat's 6.1 and Nokia's
keep the usual magic number, SuSE's 6.3 the one of Kuznetzov's modified pcap. They are told by two things together, of
Ethernet alone: the first frame is IP or ARP only if the header is longer, and a second record follows only if it is.

Source: Wireshark's description of the variants (wiki, Development/LibpcapFileFormat); libpcap for the versions.
"""

import enum
import struct
from typing import NamedTuple

from wiretruth.capture.rows import Rows
from wiretruth.model.frames import NANOSECONDS

RECORD_HEADER = 16
MODIFIED_HEADER = 24
"""Of the modified pcap: interface index, protocol and packet type stand behind the lengths."""

_LONGER = {RECORD_HEADER: (20, 24), MODIFIED_HEADER: (28,)}
"""What the header may be instead: Nokia's, Red Hat's 6.1; SuSE's 6.3."""

_ETHERNET = 1
_TAGS = frozenset(
    bytes.fromhex(tag) for tag in ("8100", "88a8", "9100", "9200", "8847", "8848", "8864", "88e5", "8909", "892f")
)
"""Of VLANs, MPLS, PPPoE, MACsec, TrustSec and HSR: another type stands behind them, where a longer header would show one."""
_MICROSECONDS = 1_000_000
_DAY = 86_400
_LARGEST_INDEX, _LARGEST_KIND = 0xFFFF, 4
"""Interface index and packet type (to us, broadcast, multicast, to others, from us) in the longer header."""


class Lengths(enum.Enum):
    """In which order a record states its two lengths."""

    CAPTURED_FIRST = enum.auto()
    """As everybody does since version 2.4."""
    ORIGINAL_FIRST = enum.auto()
    """Before version 2.3, and in the captures of DG/UX (version 543)."""
    EITHER = enum.auto()
    """Version 2.3: the smaller one is the captured length."""


class Layout(NamedTuple):
    """How the records of one file are written."""

    record: struct.Struct
    """Seconds, fraction, captured length, original length."""
    tick: int
    """Nanoseconds in one unit of the fraction."""
    largest: int
    """Most octets a frame may have."""
    header: int = RECORD_HEADER
    """Octets before the frame."""
    lengths: Lengths = Lengths.CAPTURED_FIRST

    @property
    def plain(self) -> bool:
        """Tell whether the records are as almost all files have them."""
        return self.header == RECORD_HEADER and self.lengths is Lengths.CAPTURED_FIRST

    def captured_at(self, octets: memoryview, position: int) -> int:
        """Give the captured length of the record at *position*, whose header is all there."""
        _, _, one, other = self.record.unpack_from(octets, position)
        return self._sizes(one, other)[0]

    def read(self, octets: memoryview, position: int) -> tuple[int, int, int]:
        """Give time, captured and original length of that record."""
        seconds, fraction, one, other = self.record.unpack_from(octets, position)
        return seconds * NANOSECONDS + fraction * self.tick, *self._sizes(one, other)

    def _sizes(self, one: int, other: int) -> tuple[int, int]:
        match self.lengths:
            case Lengths.CAPTURED_FIRST:
                return one, other
            case Lengths.ORIGINAL_FIRST:
                return other, one
            case Lengths.EITHER:
                return min(one, other), max(one, other)


def lengths_of(major: int, minor: int) -> Lengths:
    """Tell the order of the lengths by the version of the file."""
    if major == 543 or (major, minor) < (2, 3):  # noqa: PLR2004  (DG/UX)
        return Lengths.ORIGINAL_FIRST
    return Lengths.EITHER if (major, minor) == (2, 3) else Lengths.CAPTURED_FIRST


def walk(octets: memoryview, position: int, layout: Layout, rows: Rows) -> int:
    """Do what ``pcap.walk_records`` does, for any layout."""
    while rows.room and len(octets) - position >= layout.header:
        time, captured, original = layout.read(octets, position)
        begin = position + layout.header
        if captured > layout.largest or begin + captured > len(octets):
            break
        rows.append(begin, captured, original, time, 0)
        position = begin + captured
    return position


def settle(octets: memoryview, position: int, layout: Layout, link_type: int) -> tuple[Layout, int]:
    """Find out how long the record headers are.

    Args:
        octets: the piece.
        position: where the first record begins.
        layout: as the magic number says.
        link_type: of the file.

    Returns:
        The layout, and 0; or, where more octets must be seen from *position* on, how many.
    """
    if link_type != _ETHERNET or layout.tick != NANOSECONDS // _MICROSECONDS:
        return layout, 0
    left, needed = len(octets) - position, layout.header
    if left >= needed:
        captured = layout.captured_at(octets, position)
        if captured > layout.largest:
            return layout, 0
        needed += captured
    return (layout, needed) if left < needed else _settled(octets, position, layout)


def _settled(octets: memoryview, position: int, layout: Layout) -> tuple[Layout, int]:
    """Do so where the first record is whole."""
    left = len(octets) - position
    end = layout.header + layout.captured_at(octets, position)
    frame = octets[position + layout.header : position + end]
    if _is_network(frame):
        return layout, 0
    for size in _LONGER[layout.header]:
        more = size - layout.header
        if _is_network(frame[more:]) and _is_addition(frame[:more], layout):
            needed = end + more + RECORD_HEADER
            if left < needed:
                return layout, needed
            longer = layout._replace(header=size)
            if _follows(octets, position, longer) and not _follows(octets, position, layout):
                return longer, 0
    return layout, 0


def _is_network(frame: memoryview) -> bool:
    """Tell whether an Ethernet frame holds IPv4, IPv6 or ARP, by its type and by what follows, or perhaps a tagged one."""
    ethertype, lead = bytes(frame[12:14]), bytes(frame[14:16])
    match ethertype:
        case b"\x08\x00":
            return lead[:1] >= b"\x45" and lead[:1] < b"\x50"
        case b"\x86\xdd":
            return lead[:1] >= b"\x60" and lead[:1] < b"\x70"
        case _:
            return (ethertype == b"\x08\x06" and lead == b"\0\1") or ethertype in _TAGS


def _is_addition(octets: memoryview, layout: Layout) -> bool:
    """Tell whether *octets* may be what a longer header has more; Nokia's four octets may be anything."""
    if len(octets) != MODIFIED_HEADER - RECORD_HEADER:
        return True
    index = int.from_bytes(octets[:4], "little" if layout.record.format[0] == "<" else "big")
    return index <= _LARGEST_INDEX and octets[6] <= _LARGEST_KIND


def _follows(octets: memoryview, position: int, layout: Layout) -> bool:
    """Tell whether what follows the first record can be the head of a second one."""
    begun: int = layout.record.unpack_from(octets, position)[0]
    following = position + layout.header + layout.captured_at(octets, position)
    seconds, fraction, _, _ = layout.record.unpack_from(octets, following)
    _, captured, original = layout.read(octets, following)
    return abs(seconds - begun) < _DAY and fraction < _MICROSECONDS and captured <= min(original, layout.largest)
