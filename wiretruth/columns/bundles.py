"""Segments of a batch as bundles: plain columns of Python's own numbers, connection by connection."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from wiretruth.columns.fingerprints import FINGERPRINT, fingerprints
from wiretruth.columns.grouping import Grouped, grouped
from wiretruth.columns.headers import Headers
from wiretruth.columns.outlines import outlines, selective
from wiretruth.columns.selection import FOLLOWED
from wiretruth.columns.view import Numbers, Rows, Truths
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpFlag
from wiretruth.model.segments import Bundle, SegmentRows

_FLAGS, _DONT_FRAGMENT, _HIGHEST_TTL = 0x3F, 0x4000, 255
_ACK, _PSH, _FIN = int(TcpFlag.ACK), int(TcpFlag.PSH), int(TcpFlag.FIN)
_PLAIN = np.isin(np.arange(256), (_ACK, _ACK | _PSH))
_ENDING = np.isin(np.arange(256), (_FIN | _ACK, _FIN | _ACK | _PSH))
_SYN_OR_RST = int(TcpFlag.SYN | TcpFlag.RST)

# The named constructor costs more than what it holds.
_new: Callable[[type[Mark], tuple[int, ...]], Mark] = tuple.__new__

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

    def opening(self) -> Iterator[tuple[int, int]]:
        """Give bundle and sequence number of each SYN."""
        syn = np.flatnonzero(self.flags & (_SYN_OR_RST | _ACK) == int(TcpFlag.SYN))
        yield from zip(self._bundle_of(syn).tolist(), self.seq[syn].tolist(), strict=True)

    def astray(self) -> Iterator[tuple[int, int]]:
        """Give the bundle of each SYN-ACK and reset, and the number that it answers, but for those that answer its first row."""
        answer = np.flatnonzero((self.flags & _ACK != 0) & (self.flags & _SYN_OR_RST != 0))
        bundle, numbers = self._bundle_of(answer), (self.ack[answer] - 1) % (1 << 32)
        first = self.starts[bundle]
        own = (self.flags[first] & (_SYN_OR_RST | _ACK) == int(TcpFlag.SYN)) & (self.seq[first] == numbers)
        yield from zip(bundle[~own].tolist(), numbers[~own].tolist(), strict=True)

    def prepared(self) -> Rows:
        """Give the segments that will be asked for as packets: what is not plain, what follows it, and what is no mail."""
        wanted = ~(np.array(self.rows.plain, np.bool_) | np.array(self.rows.ending, np.bool_))
        wanted[1:] |= wanted[:-1]
        wanted[self.starts] = True
        by_port = (
            FOLLOWED[[bundle.low.port for bundle in self.bundles]]
            | FOLLOWED[[bundle.high.port for bundle in self.bundles]]
        )
        counts = np.diff(self.starts, append=len(wanted))
        wanted |= np.repeat(~by_port, counts)
        wanted &= np.repeat([not bundle.outline for bundle in self.bundles], counts)
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
        return [self._bundled(part) for part in grouped(found, places, self.place)]

    def _bundled(self, found: Grouped) -> Bundled:
        segments, networks, rows, tcp = found.found.segments, found.found.networks, found.rows, found.tcp
        begin, flags = segments.begin[found.places], segments.flags[found.places] & _FLAGS
        ip_length = networks.length[rows]
        length = np.maximum(networks.start[rows] + ip_length - begin, 0)
        whole = segments.stop[found.places] - begin == length
        tidy = (tcp["window"] != 0) & whole & ~selective(found)
        marks = zip(found.found.times[rows].tolist(), (rows + self.first_number).tolist(), strict=True)
        columns = SegmentRows(
            octets=found.found.view.octets,
            by_high=found.by_high.tolist(),
            plain=(_PLAIN[flags] & tidy).tolist(),
            ending=(_ENDING[flags] & tidy & (length == 0)).tolist(),
            seq=tcp["seq"].tolist(),
            ack=tcp["ack"].tolist(),
            length=length.tolist(),
            begin=begin.tolist(),
            marks=list(map(_new, repeat(Mark), marks)),
            headers=(ip_length - length).tolist(),
            ttl=found.header["ttl"].tolist(),
            dont_fragment=_whole_on_their_way(found).tolist(),
            fingerprints=fingerprints(found, length),
            fingerprint=FINGERPRINT.itemsize,
            packet=_packets(rows.tolist(), self.packet),
        )
        numbers = tcp["seq"].astype(np.int64), tcp["ack"].astype(np.int64)
        bundles = list(self._bundles(found, length > 0))
        return Bundled(columns, bundles, found.places, found.starts, flags, *numbers)

    def _bundles(self, found: Grouped, holding: Truths) -> Iterator[Bundle]:
        """Name the ends of each bundle, and what its rows have in common; *holding* tells which of them have octets."""
        starts, ttl = found.starts, found.header["ttl"]
        names = [self.names[0]] * len(starts)
        if self.place is not None:
            names = [self.names[place] for place in self.place[found.rows[starts]].tolist()]
        ends = self._ends(found)
        low_ttl, high_ttl = _common(ttl, ~found.by_high, starts), _common(ttl, found.by_high, starts)
        ttls = (None if None in pair else pair for pair in zip(low_ttl, high_ttl, strict=True))
        breaks = np.logical_or.reduceat(~_whole_on_their_way(found) & holding, starts).tolist()
        stops = [*starts[1:].tolist(), len(found.rows)]
        told = outlines(found, self.first_number)
        for name, (low, high), start, stop, common, fragmentable, (outline, opens) in zip(
            names, ends, starts.tolist(), stops, ttls, breaks, told, strict=True
        ):
            yield Bundle(name, low, high, start, stop, found.version, common, fragmentable, outline, opens)

    def _ends(self, found: Grouped) -> Iterator[tuple[Endpoint, Endpoint]]:
        """Give the lower and the higher end of each bundle."""
        text = self.ipv4_text if found.version == 4 else self.ipv6_text  # noqa: PLR2004
        header, tcp = found.header[found.starts], found.tcp[found.starts]
        sources = zip(map(text, header["from"].tolist()), tcp["source_port"].tolist(), strict=True)
        destinations = zip(map(text, header["to"].tolist()), tcp["destination_port"].tolist(), strict=True)
        sides = found.by_high[found.starts].tolist()
        pairs = zip(map(Endpoint._make, sources), map(Endpoint._make, destinations), strict=True)
        return ((pair[1], pair[0]) if by_high else pair for pair, by_high in zip(pairs, sides, strict=True))


def _packets(rows: list[int], packet: Callable[[int], Packet]) -> Callable[[int], Packet]:
    return lambda place: packet(rows[place])


def _whole_on_their_way(found: Grouped) -> Truths:
    """Tell which packets no router may divide."""
    if found.version == 6:  # noqa: PLR2004
        return np.ones(len(found.rows), np.bool_)
    whole: Truths = found.header["pieces"] & _DONT_FRAGMENT != 0
    return whole


def _common(ttl: npt.NDArray[np.uint8], own: Truths, starts: Rows) -> list[int | None]:
    """Give the TTL of one side of each bundle: 0 where it sent nothing, ``None`` where it changed."""
    greatest = np.maximum.reduceat(np.where(own, ttl, np.uint8(0)), starts)
    least = np.minimum.reduceat(np.where(own, ttl, np.uint8(_HIGHEST_TTL)), starts)
    silent = ~np.logical_or.reduceat(own, starts)
    column: list[int | None] = greatest.tolist()
    for changed in np.flatnonzero((least != greatest) & ~silent).tolist():
        column[changed] = None
    return column
