"""Connections of a batch as bundles: plain columns of Python's own numbers, connection by connection."""

from collections.abc import Callable, Iterator
from itertools import repeat

import numpy as np
import numpy.typing as npt

from wiretruth.columns.fingerprints import FINGERPRINT, fingerprints
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.outlines import selective
from wiretruth.columns.selection import FOLLOWED
from wiretruth.columns.view import Rows, Truths
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpFlag
from wiretruth.model.segments import Bundle, SegmentRows

_FLAGS, _DONT_FRAGMENT, _HIGHEST_TTL = 0x3F, 0x4000, 255
_ACK, _PSH, _FIN = int(TcpFlag.ACK), int(TcpFlag.PSH), int(TcpFlag.FIN)
_PLAIN = np.isin(np.arange(256), (_ACK, _ACK | _PSH))
_ENDING = np.isin(np.arange(256), (_FIN | _ACK, _FIN | _ACK | _PSH))

# The named constructor costs more than what it holds.
_new: Callable[[type[Mark], tuple[int, ...]], Mark] = tuple.__new__

Ends = tuple[str, str, int, str, int]
"""Vantage; address and port of the lower end, as numbers; those of the higher end."""


def segment_rows(found: Grouped, first_number: int, packet: Callable[[int], Packet]) -> tuple[SegmentRows, Truths]:
    """Give the columns of segments, and which of these must be asked for as packets.

    Args:
        found: segments by connection.
        first_number: frame number of row 0 of the batch.
        packet: makes the packet of a row of the batch.
    """
    segments, networks, rows, tcp = found.found.segments, found.found.networks, found.rows, found.tcp
    begin, flags = segments.begin[found.places], tcp["flags"] & _FLAGS
    ip_length = networks.length[rows]
    length = np.maximum(networks.start[rows] + ip_length - begin, 0)
    whole = segments.stop[found.places] - begin == length
    tidy = (tcp["window"] != 0) & whole & ~selective(found)
    plain, ending = _PLAIN[flags] & tidy, _ENDING[flags] & tidy & (length == 0)
    marks = zip(found.found.times[rows].tolist(), (rows + first_number).tolist(), strict=True)
    columns = SegmentRows(
        octets=found.found.view.octets,
        by_high=found.by_high.tolist(),
        plain=plain.tolist(),
        ending=ending.tolist(),
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
        packet=_packets(rows.tolist(), packet),
    )
    return columns, _asked_for(found, plain | ending)


def bundles(found: Grouped, ends: list[Ends], rows: SegmentRows) -> Iterator[Bundle]:
    """Name the ends of each bundle, and what its rows have in common."""
    starts, ttl = found.starts, found.header["ttl"]
    low_ttl, high_ttl = _common(ttl, ~found.by_high, starts), _common(ttl, found.by_high, starts)
    ttls = (None if low is None or high is None else (low, high) for low, high in zip(low_ttl, high_ttl, strict=True))
    holding = np.array(rows.length, np.int64) > 0
    breaks = np.logical_or.reduceat(~_whole_on_their_way(found) & holding, starts).tolist()
    begins = starts.tolist()
    stops = [*begins[1:], len(found.rows)]
    for (name, low, low_port, high, high_port), start, stop, common, fragmentable in zip(
        ends, begins, stops, ttls, breaks, strict=True
    ):
        low_end, high_end = Endpoint(low, low_port), Endpoint(high, high_port)
        yield Bundle(name, low_end, high_end, start, stop, found.version, common, fragmentable)


def _asked_for(found: Grouped, plain: Truths) -> Truths:
    """Tell which segments will be asked for as packets: what is not plain, what follows it, and what is no mail."""
    asked = ~plain
    asked[1:] |= ~plain[:-1]
    asked[found.starts] = True
    asked |= ~(FOLLOWED[found.tcp["source_port"]] | FOLLOWED[found.tcp["destination_port"]])
    return asked


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
