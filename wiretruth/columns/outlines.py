"""Which groups are no more than how a connection opens and ends, as rows of ``flow.outline``."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from wiretruth.columns.grouping import Grouped
from wiretruth.columns.headers import Headers
from wiretruth.columns.options import MSS, SACK
from wiretruth.columns.selection import FOLLOWED
from wiretruth.columns.view import Numbers, Truths
from wiretruth.model.packet import TcpFlag

ROW = np.dtype([
    ("number", "<i8"), ("at", "<i8"), ("seq", "<u4"), ("ack", "<u4"), ("stamp", "<u4"), ("port", "<u2"), ("window", "<u2"),
    ("ip_id", "<u2"), ("mss", "<u2"), ("flags", "u1"), ("ttl", "u1"), ("bits", "u1"),
])  # fmt: skip
STAMPED, WITH_MSS, VERSION_6, WANTED = 1, 2, 4, 8
"""As ``flow.outline`` has them."""

MAX_ROWS = 8
"""As ``flow.outline`` has it."""

_FLAGS = 0x3F
_SYN, _RST, _ACK = int(TcpFlag.SYN), int(TcpFlag.RST), int(TcpFlag.ACK)
_MARKS = int(TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST)
_NUMBERS = 1 << 32


def outlines(found: Grouped, first_number: int) -> Iterator[tuple[bytes, int | None]]:
    """Give the rows of each group, and the sequence number of the SYN among them.

    Args:
        found: groups that are outlines.
        first_number: frame number of row 0 of the batch.
    """
    octets = rows(found, first_number).tobytes()
    numbers: list[int | None] = found.tcp["seq"][found.starts].tolist()
    for group in np.flatnonzero(found.tcp["flags"][found.starts] & _SYN == 0).tolist():
        numbers[group] = None
    begins = (found.starts * ROW.itemsize).tolist()
    for begin, end, number in zip(begins, [*begins[1:], len(octets)], numbers, strict=True):
        yield octets[begin:end], number


def selective(found: Grouped) -> Truths:
    """Tell which segments have selective acknowledgements."""
    options = found.found.segments.options
    marked = np.zeros(len(found.found.segments.rows), np.bool_)
    if options.special.size:
        marked[options.special] = options.places[SACK] > 0
    return marked[found.places]


def outlined(found: Grouped) -> Truths:
    """Tell which groups are outlines: few rows without octets, which cannot mean two connections."""
    tcp, by_high, starts, counts = found.tcp, found.by_high, found.starts, found.counts
    flags = tcp["flags"] & _FLAGS
    syn = flags & _SYN != 0
    answer = syn & (flags & _ACK != 0)
    seq, first = tcp["seq"].astype(np.int64), np.repeat(starts, counts)
    opened, same_side = (syn & ~answer)[first], by_high == by_high[first]
    more = (flags & _MARKS == 0) | _octets(found) | selective(found)
    more |= (syn & (flags & _RST != 0)) | (tcp["source_port"] == tcp["destination_port"])
    more |= syn & ~opened
    more |= syn & ~answer & ((seq != seq[first]) | ~same_side)
    more |= answer & ((tcp["ack"] != (seq[first] + 1) % _NUMBERS) | same_side)
    more |= _followed(tcp) & ~syn
    latest = np.maximum.reduceat(np.where(answer, seq, -1), starts)
    earliest = np.minimum.reduceat(np.where(answer, seq, _NUMBERS), starts)
    several = (latest >= 0) & (latest != earliest)
    plain: Truths = ~np.logical_or.reduceat(more, starts) & ~several & (counts <= MAX_ROWS)
    return plain


def _octets(found: Grouped) -> Truths:
    """Tell which segments hold octets, captured or not."""
    segments, networks = found.found.segments, found.found.networks
    begin = segments.begin[found.places]
    ends = networks.start[found.rows] + networks.length[found.rows]
    holds: Truths = (ends > begin) | (segments.stop[found.places] != begin)
    return holds


def _followed(tcp: npt.NDArray[np.void]) -> Truths:
    followed: Truths = FOLLOWED[tcp["source_port"]] | FOLLOWED[tcp["destination_port"]]
    return followed


def rows(found: Grouped, first_number: int) -> npt.NDArray[Any]:
    """Give the rows of all packets."""
    made = np.zeros(len(found.rows), ROW)
    view, tcp, header = found.found.view, found.tcp, found.header
    made["number"], made["at"] = found.rows + first_number, found.found.times[found.rows]
    for name in ("seq", "ack", "window"):
        made[name] = tcp[name]
    made["port"], made["flags"], made["ttl"] = tcp["source_port"], tcp["flags"] & _FLAGS, header["ttl"]
    stamped = found.found.segments.options.timestamps[found.places]
    made["stamp"] = np.where(stamped > 0, view.numbers(stamped + 2, ">u4"), 0)
    mss = _mss(found.found)[found.places]
    made["mss"] = np.where(mss > 0, view.numbers(mss + 2, ">u2"), 0)
    made["bits"] = (stamped > 0) * STAMPED | (mss > 0) * WITH_MSS | _followed(tcp) * WANTED
    if found.version == 4:  # noqa: PLR2004
        made["ip_id"] = header["identification"]
    else:
        made["bits"] |= VERSION_6
    return made


def _mss(found: Headers) -> Numbers:
    """Tell where the MSS option of each segment begins; 0 for none."""
    options = found.segments.options
    at = np.zeros(len(found.segments.rows), np.int64)
    if options.special.size:
        at[options.special] = options.places[MSS]
    return at
