"""The capture file of Solaris' snoop.

Source: RFC 1761; the numbers of datalink types beyond it from Solaris' <sys/dlpi.h>, as Wireshark reads them.
"""

import struct

from wiretruth.capture.feed import LARGEST_RECORD, Feed
from wiretruth.capture.pcap import LARGEST_FRAME
from wiretruth.model.frames import NANOSECONDS, Fault, Interface

FILE_HEADER = 16
RECORD_HEADER = 24

LINK_TYPES = {0: 1, 2: 6, 4: 1, 8: 10, 9: 0, 14: 0, 16: 122}
"""LINKTYPE numbers by datalink type: IEEE 802.3, token ring, Ethernet, FDDI, other and loopback, fibre channel."""

_VERSION = 2

_header = struct.Struct(">8xII")
_record = struct.Struct(">6I")


class SnoopFeed(Feed):
    """One snoop file: one interface, one link type, everything big-endian."""

    format = "snoop"

    def __init__(self) -> None:
        super().__init__()
        self._drops: int | None = None

    @property
    def kernel_drops(self) -> int | None:
        """The last record's count of packets lost since the capture began."""
        return self._drops

    def _walk(self, octets: memoryview, position: int) -> tuple[int, int]:
        if not self._known:
            if len(octets) - position < FILE_HEADER:
                return position, FILE_HEADER
            self._file_header(octets, position)
            position += FILE_HEADER
        while self._rows.room and not self._ended:
            if len(octets) - position < RECORD_HEADER:
                return position, RECORD_HEADER
            original, captured, length, drops, seconds, micros = _record.unpack_from(octets, position)
            if not self._sound(position, captured, length):
                break
            if len(octets) - position < length:
                return position, length
            self._drops = drops
            time = seconds * NANOSECONDS + micros * 1000
            self._rows.append(position + RECORD_HEADER, captured, original, time, 0)
            position += length
        return position, 0

    def _file_header(self, octets: memoryview, position: int) -> None:
        version, datalink = _header.unpack_from(octets, position)
        link_type = LINK_TYPES.get(datalink)
        self._known.append(Interface(None, link_type or 0, 0))
        if version != _VERSION:
            self._end(Fault("snoop file header", 8, f"version {_VERSION}", str(version)))
        elif link_type is None:
            self._end(Fault("snoop file header", 12, "a datalink type that wiretruth knows", str(datalink)))

    def _sound(self, position: int, captured: int, length: int) -> bool:
        """Tell whether both lengths of a record can be true; damage ends the feed."""
        place, number = self._base + position, self._number + len(self._rows)
        if captured > LARGEST_FRAME:
            expected = f"an included length of at most {LARGEST_FRAME}"
            self._end(Fault("snoop record header", place + 4, expected, str(captured), number))
        elif not RECORD_HEADER + captured <= length <= LARGEST_RECORD:
            expected = f"a record length from {RECORD_HEADER + captured} to {LARGEST_RECORD}"
            self._end(Fault("snoop record header", place + 8, expected, str(length), number))
        return not self._ended

    def _place(self) -> str:
        return "snoop record" if self._known else "snoop file header"


MAGICS = (b"snoop\0\0\0",)
FEED = SnoopFeed
