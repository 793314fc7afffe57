"""IPv4 and IPv6 headers in columns. The definitions are ``wire.ipv4`` and ``wire.ipv6``."""

from dataclasses import dataclass

import numpy as np

from wiretruth.columns.links import IPV4, IPV6, Links
from wiretruth.columns.tunnels import plain_packets
from wiretruth.columns.view import Numbers, Rows, Truths, View

MAX_FRAME = 1 << 20
"""As in ``wire.frame``: longest frame believed."""

IPV4_HEADER = np.dtype([
    ("first", "u1"), ("service", "u1"), ("length", ">u2"), ("identification", ">u2"), ("pieces", ">u2"), ("ttl", "u1"),
    ("protocol", "u1"), ("checksum", ">u2"), ("source", "V4"), ("destination", "V4"),
])  # fmt: skip
IPV6_HEADER = np.dtype([
    ("first", "u1"), ("flow", "V3"), ("length", ">u2"), ("protocol", "u1"), ("ttl", "u1"), ("source", "V16"),
    ("destination", "V16"),
])  # fmt: skip

_VERSION_6 = 6

_SMALLEST, _LARGEST = 0x45, 0x4F
"""First octets of an IPv4 header: version 4, and a length of at least five words."""

_IN_PIECES = np.array(0x3FFF, ">u2").view("=u2")[()]
"""The more-fragments flag and the fragment offset, in the order of the wire: the constant is swapped, not the column."""

_EXTENSIONS = np.isin(np.arange(256), (0, 43, 44, 51, 60))


@dataclass(frozen=True, slots=True)
class Networks:
    """What the IP headers of a batch say; a row that is not sound has no meaning in the other columns."""

    sound: Truths
    """Regular: a whole header that makes sense, no fragment, no extension header, no tunnel."""
    version_6: Truths
    start: Numbers
    """Where the IP header begins in the buffer."""
    begin: Numbers
    """Where the transport header begins."""
    stop: Numbers
    """Where the captured octets of the packet end; perhaps before *begin*."""
    length: Numbers
    """Octets that the packet had on the wire, IP header included."""
    protocol: Numbers


def networks(view: View, found: Links, ends: Numbers, limits: Numbers) -> Networks:
    """Read the IP header of every row.

    Args:
        view: the buffer.
        found: what the link headers say.
        ends: where the captured octets of each row end in the buffer.
        limits: where the row ended on the wire, as if all of it were in the buffer.
    """
    start = found.start
    header = view.headers(start, IPV4_HEADER)
    first = header["first"].copy()
    length = header["length"].astype(np.int64)
    size = (first & 0x0F) * np.uint8(4)
    sound = (found.ethertype == IPV4) & (ends - start >= IPV4_HEADER.itemsize)
    sound &= (first >= _SMALLEST) & (first <= _LARGEST)
    sound &= (length >= size) & (length <= limits - start)
    sound &= header["pieces"].view("=u2") & _IN_PIECES == 0
    protocol = header["protocol"].astype(np.int64)
    begin = start + size
    version_6 = found.ethertype == IPV6
    rows = np.flatnonzero(version_6)
    if rows.size:
        parts = _version_6(view, start[rows], ends[rows], limits[rows])
        for column, part in zip((sound, begin, length, protocol), parts, strict=True):
            column[rows] = part
    sound &= plain_packets(protocol)
    return Networks(sound, version_6, start, begin, np.minimum(ends, start + length), length, protocol)


def _version_6(view: View, start: Numbers, ends: Numbers, limits: Numbers) -> tuple[Truths, Numbers, Numbers, Numbers]:
    """Give soundness, beginning of the transport, length and protocol."""
    header = view.headers(start, IPV6_HEADER)
    size = IPV6_HEADER.itemsize
    stated = header["length"].astype(np.int64)
    length = stated + size
    protocol = header["protocol"].astype(np.int64)
    sound = (ends - start >= size) & (header["first"] >> 4 == _VERSION_6)
    sound &= (stated > 0) & (length <= limits - start) & ~_EXTENSIONS[protocol]
    return sound, start + size, length, protocol


def limits(offsets: Numbers, captured: Numbers, original: Numbers) -> Numbers:
    """Tell where each row ended on the wire, by its place in the buffer; absurd lengths are not believed."""
    return offsets + np.maximum(captured, np.minimum(original, MAX_FRAME))


def of_protocol(found: Networks, protocol: int, *, version: int | None = None) -> Rows:
    """Give the sound rows that carry *protocol*, in one version of IP or in both."""
    chosen = found.sound & (found.protocol == protocol)
    if version is not None:
        chosen &= found.version_6 == (version == _VERSION_6)
    return np.flatnonzero(chosen)
