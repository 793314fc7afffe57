"""Segments of a batch, those of each connection together, in the order of the capture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wiretruth.columns.headers import Headers
from wiretruth.columns.options import SACK
from wiretruth.columns.selection import FOLLOWED
from wiretruth.columns.transports import TCP_HEADER
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpFlag
from wiretruth.model.segments import Bundle, SegmentRows

FINGERPRINT = np.dtype([
    ("seq", "<u4"), ("ack", "<u4"), ("length", "<u4"), ("ip_id", "<u2"), ("flags", "u1"), ("port", "<u2"), ("window", "<u2"),
    ("blocks", "u1"), ("stamped", "u1"), ("stamp", "<u4"), ("left", "<u4"), ("right", "<u4"), ("at", "<i8"), ("ttl", "u1"),
])  # fmt: skip
"""As ``flow.recent`` has it. SACK blocks are left out: a row that has some is not plain."""

_ENDS_4 = np.dtype({
    "names": ["identification", "pieces", "ttl", "source", "destination", "from", "to"],
    "formats": [">u2", ">u2", "u1", ">u4", ">u4", "V4", "V4"],
    "offsets": [4, 6, 8, 12, 16, 12, 16],
    "itemsize": 20,
})  # fmt: skip
_ENDS_6 = np.dtype({
    "names": ["ttl", "source_head", "source_tail", "destination_head", "destination_tail", "from", "to"],
    "formats": ["u1", ">u8", ">u8", ">u8", ">u8", "V16", "V16"],
    "offsets": [7, 8, 16, 24, 32, 8, 24],
    "itemsize": 40,
})  # fmt: skip

_FLAGS, _DONT_FRAGMENT, _HIGHEST_TTL = 0x3F, 0x4000, 255
_ACK, _PSH = int(TcpFlag.ACK), int(TcpFlag.PSH)
_PLAIN = np.isin(np.arange(256), (_ACK, _ACK | _PSH))
_SYN_OR_RST = int(TcpFlag.SYN | TcpFlag.RST)

_INDEX_BITS = 24
_INDEX = np.uint64((1 << _INDEX_BITS) - 1)
_FACTORS = np.resize(np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64), 7)

Words = npt.NDArray[np.uint64]

Text = Callable[[bytes], str]
"""Gives a packed address as canonical text."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """Segments of one version of IP, by connection."""

    rows: SegmentRows
    bundles: list[Bundle]
    places: Rows
    """Of each row: its place among the segments of the batch."""
    starts: Rows
    """Where each bundle begins."""
    flags: Numbers
    seq: Numbers
    ack: Numbers

    def opening(self) -> Iterator[tuple[int, int, int]]:
        """Give bundle, row and sequence number of each SYN."""
        syn = np.flatnonzero(self.flags & (_SYN_OR_RST | _ACK) == int(TcpFlag.SYN))
        yield from zip(self._bundle_of(syn).tolist(), syn.tolist(), self.seq[syn].tolist(), strict=True)

    def answering(self) -> Iterator[tuple[int, int, int]]:
        """Give bundle and row of each SYN-ACK and reset, and the first sequence number that it answers."""
        answer = np.flatnonzero((self.flags & _ACK != 0) & (self.flags & _SYN_OR_RST != 0))
        numbers = (self.ack[answer] - 1) % (1 << 32)
        yield from zip(self._bundle_of(answer).tolist(), answer.tolist(), numbers.tolist(), strict=True)

    def prepared(self) -> Rows:
        """Give the segments that will be asked for as packets: what is not plain, what follows it, and what is no mail."""
        wanted = ~np.array(self.rows.plain, np.bool_)
        wanted[1:] |= wanted[:-1]
        wanted[self.starts] = True
        by_port = (
            FOLLOWED[[bundle.low.port for bundle in self.bundles]]
            | FOLLOWED[[bundle.high.port for bundle in self.bundles]]
        )
        wanted |= np.repeat(~by_port, np.diff(self.starts, append=len(wanted)))
        return np.sort(self.places[wanted])

    def of(self, bundles: list[int]) -> Rows:
        """Give the segments of some bundles."""
        spans = [self.places[self.bundles[n].start : self.bundles[n].stop] for n in bundles]
        return np.concatenate(spans) if spans else np.empty(0, np.intp)

    def _bundle_of(self, rows: Rows) -> Rows:
        return np.searchsorted(self.starts, rows, "right") - 1


@dataclass(frozen=True, slots=True)
class Bundler:
    """What bundles need that is not in their headers."""

    ipv4_text: Text
    ipv6_text: Text
    first_number: int
    """Frame number of row 0."""
    names: list[str]
    """Of the places where packets were seen."""
    place: Rows | None
    """Where each row was seen; ``None`` for all at the first place."""
    packet: Callable[[int], Packet]
    """Makes the packet of a row of the batch."""

    def bundled(self, found: Headers, places: Rows) -> list[Bundled]:
        """Bundle segments, given by their places in the columns."""
        version_6 = found.networks.version_6[found.segments.rows[places]]
        if not version_6.any():
            return [self._bundled(found, places, _ENDS_4)] if places.size else []
        return [
            self._bundled(found, part, ends)
            for part, ends in ((places[~version_6], _ENDS_4), (places[version_6], _ENDS_6))
            if part.size
        ]

    def _bundled(self, found: Headers, places: Rows, ends: np.dtype[np.void]) -> Bundled:
        segments = found.segments
        rows = segments.rows[places]
        header = found.view.headers(found.networks.start[rows], ends)
        ports = segments.source_port[places].astype(np.uint64), segments.destination_port[places].astype(np.uint64)
        source, destination = _ends_4(header, *ports) if _is_4(header) else _ends_6(header, *ports)
        by_high = _greater(source, destination)
        low, high = _chosen(by_high, destination, source), _chosen(by_high, source, destination)
        seen_at = np.zeros(len(rows), np.uint64) if self.place is None else self.place[rows].astype(np.uint64)
        order, starts = _grouped([*low, *high, seen_at])
        return self._filled(found, places[order], header[order], by_high[order], starts)

    def _filled(
        self, found: Headers, places: Rows, header: npt.NDArray[np.void], by_high: Truths, starts: Rows
    ) -> Bundled:
        segments, networks = found.segments, found.networks
        rows = segments.rows[places]
        tcp = found.view.headers(networks.begin[rows], TCP_HEADER)
        begin, flags = segments.begin[places], segments.flags[places] & _FLAGS
        ip_length = networks.length[rows]
        length = np.maximum(networks.start[rows] + ip_length - begin, 0)
        whole = segments.stop[places] - begin == length
        plain = _PLAIN[flags] & (tcp["window"] != 0) & whole & ~_selective(found, places)
        dont_fragment = header["pieces"] & _DONT_FRAGMENT != 0 if _is_4(header) else np.ones(len(rows), np.bool_)
        marks = map(Mark._make, zip(found.times[rows].tolist(), (rows + self.first_number).tolist(), strict=True))
        fingerprints = _fingerprints(found, places, header, tcp, length)
        columns = SegmentRows(
            octets=found.view.octets,
            by_high=by_high.tolist(),
            plain=plain.tolist(),
            seq=tcp["seq"].tolist(),
            ack=tcp["ack"].tolist(),
            length=length.tolist(),
            begin=begin.tolist(),
            marks=list(marks),
            headers=(ip_length - length).tolist(),
            ttl=header["ttl"].tolist(),
            dont_fragment=dont_fragment.tolist(),
            fingerprints=memoryview(fingerprints.tobytes()),
            fingerprint=FINGERPRINT.itemsize,
            packet=_packets(rows.tolist(), self.packet),
        )
        bundles = self._bundles(found, columns, rows, header, starts)
        return Bundled(
            columns, list(bundles), places, starts, flags, tcp["seq"].astype(np.int64), tcp["ack"].astype(np.int64)
        )

    def _bundles(
        self, found: Headers, columns: SegmentRows, rows: Rows, header: npt.NDArray[np.void], starts: Rows
    ) -> Iterator[Bundle]:
        """Name the ends of each bundle, and what its rows have in common."""
        first = _first_of_each(found, rows[starts], header[starts])
        version, text = (4, self.ipv4_text) if _is_4(header) else (6, self.ipv6_text)
        names = [self.names[0]] * len(starts)
        if self.place is not None:
            names = [self.names[place] for place in self.place[rows[starts]].tolist()]
        by_high, ttl = np.array(columns.by_high, np.bool_), header["ttl"]
        low_ttl, high_ttl = _common(ttl, ~by_high, starts), _common(ttl, by_high, starts)
        fragmentable = np.zeros(len(starts), np.bool_)
        if _is_4(header):
            may_break = (header["pieces"] & _DONT_FRAGMENT == 0) & (np.array(columns.length) > 0)
            fragmentable = np.logical_or.reduceat(may_break, starts)
        stops = [*starts[1:].tolist(), len(rows)]
        for name, (source, destination), sent_by_high, start, stop, one, other, breaks in zip(
            names,
            first,
            by_high[starts].tolist(),
            starts.tolist(),
            stops,
            low_ttl,
            high_ttl,
            fragmentable.tolist(),
            strict=True,
        ):
            ends = Endpoint(text(source[0]), source[1]), Endpoint(text(destination[0]), destination[1])
            low, high = ends[::-1] if sent_by_high else ends
            ttls = None if one is None or other is None else (one, other)
            yield Bundle(name, low, high, start, stop, version, ttls, breaks)


def _is_4(header: npt.NDArray[np.void]) -> bool:
    return header.dtype == _ENDS_4


def _packets(rows: list[int], packet: Callable[[int], Packet]) -> Callable[[int], Packet]:
    return lambda place: packet(rows[place])


def _first_of_each(
    found: Headers, rows: Rows, header: npt.NDArray[np.void]
) -> Iterator[tuple[tuple[bytes, int], tuple[bytes, int]]]:
    """Give packed address and port of sender and receiver of some rows."""
    ports = found.view.headers(found.networks.begin[rows], TCP_HEADER)
    sources = zip(header["from"].tolist(), ports["source_port"].tolist(), strict=True)
    destinations = zip(header["to"].tolist(), ports["destination_port"].tolist(), strict=True)
    return zip(sources, destinations, strict=True)


def _common(ttl: npt.NDArray[np.uint8], own: Truths, starts: Rows) -> list[int | None]:
    """Give the TTL of one side of each bundle: 0 where it sent nothing, ``None`` where it changed."""
    greatest = np.maximum.reduceat(np.where(own, ttl, np.uint8(0)), starts)
    least = np.minimum.reduceat(np.where(own, ttl, np.uint8(_HIGHEST_TTL)), starts)
    silent = ~np.logical_or.reduceat(own, starts)
    column: list[int | None] = greatest.tolist()
    for changed in np.flatnonzero((least != greatest) & ~silent).tolist():
        column[changed] = None
    return column


def _ends_4(
    header: npt.NDArray[np.void], source_port: Words, destination_port: Words
) -> tuple[list[Words], list[Words]]:
    """Give sender and receiver of each row, as columns of words."""
    port_bits = np.uint64(16)
    source = header["source"].astype(np.uint64) << port_bits | source_port
    destination = header["destination"].astype(np.uint64) << port_bits | destination_port
    return [source], [destination]


def _ends_6(
    header: npt.NDArray[np.void], source_port: Words, destination_port: Words
) -> tuple[list[Words], list[Words]]:
    source = [header[name].astype(np.uint64) for name in ("source_head", "source_tail")]
    destination = [header[name].astype(np.uint64) for name in ("destination_head", "destination_tail")]
    return [*source, source_port], [*destination, destination_port]


def _greater(ones: list[Words], others: list[Words]) -> Truths:
    """Tell whether the one is greater than the other, word by word."""
    greater: Truths = ones[-1] > others[-1]
    for one, other in zip(ones[-2::-1], others[-2::-1], strict=True):
        greater = (one > other) | ((one == other) & greater)
    return greater


def _chosen(truths: Truths, ones: list[Words], others: list[Words]) -> list[Words]:
    return [np.where(truths, one, other) for one, other in zip(ones, others, strict=True)]


def _grouped(words: list[Words]) -> tuple[Rows, Rows]:
    """Bring equal rows together, each group in order; tell where the groups begin.

    The hash only brings together: borders are where words differ. Rows of two groups with one hash may take turns; then
    there are more groups than there need be, and those of equal rows are in order still.
    """
    mixed = np.zeros(len(words[0]), np.uint64)
    for word, factor in zip(words, _FACTORS, strict=False):
        mixed = (mixed ^ word) * factor
        mixed ^= mixed >> np.uint64(29)
    mixed = mixed & ~_INDEX | np.arange(len(mixed), dtype=np.uint64)
    mixed.sort()
    order = (mixed & _INDEX).astype(np.intp)
    border = np.zeros(len(order), np.bool_)
    border[:1] = True
    for word in words:
        placed = word[order]
        border[1:] |= placed[1:] != placed[:-1]
    return order, np.flatnonzero(border)


def _selective(found: Headers, places: Rows) -> Truths:
    """Tell which segments have selective acknowledgements."""
    options = found.segments.options
    marked = np.zeros(len(found.segments.rows), np.bool_)
    if options.special.size:
        marked[options.special] = options.places[SACK] > 0
    return marked[places]


def _fingerprints(
    found: Headers, places: Rows, header: npt.NDArray[np.void], tcp: npt.NDArray[np.void], length: Numbers
) -> npt.NDArray[np.void]:
    made = np.zeros(len(places), FINGERPRINT)
    for name in ("seq", "ack", "window"):
        made[name] = tcp[name]
    made["length"], made["flags"], made["port"] = length, tcp["flags"] & _FLAGS, tcp["source_port"]
    made["at"], made["ttl"] = found.times[found.segments.rows[places]], header["ttl"]
    stamped = found.segments.options.timestamps[places]
    made["stamped"] = stamped > 0
    made["stamp"] = np.where(stamped > 0, found.view.numbers(stamped + 2, ">u4"), 0)
    if _is_4(header):
        made["ip_id"] = header["identification"]
        for name in ("window", "stamped", "stamp"):
            made[name][made["ip_id"] != 0] = 0
    return made
