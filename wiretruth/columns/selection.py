"""Which rows may matter: never fewer than ``relevance`` and the recognition of DNS would keep of them one by one."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from wiretruth.columns.relevance import FOLLOWED_PORTS, HINTS
from wiretruth.columns.transports import Datagrams, Segments
from wiretruth.columns.view import Truths, View
from wiretruth.model.packet import TcpFlag

Pairs = Iterable[tuple[int, int]]

FOLLOWED = np.zeros(1 << 16, np.bool_)
"""Tells of each port whether its connections are followed."""
FOLLOWED[list(FOLLOWED_PORTS)] = True

_MARKS = int(TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST)

_SHORTEST = min(map(len, HINTS))

_DNS_PORT = 53
_DNS_HEADER = np.dtype([
    ("id", ">u2"), ("flags", ">u2"), ("questions", ">u2"), ("answers", ">u2"), ("authorities", ">u2"),
    ("additionals", ">u2"),
])  # fmt: skip
_RESPONSE, _RESERVED, _NEVER_IN_QUERIES = 0x8000, 0x0040, 0x0200 | 0x0080 | 0x000F
_OPCODES = np.isin(np.arange(16), (0, 1, 2, 4, 5))


def _openings() -> npt.NDArray[np.bool_]:
    """Tell of any two octets whether a hint may begin with them."""
    table = np.zeros(1 << 16, np.bool_)
    for hint in HINTS:
        for first in {hint[0], hint[:1].lower()[0]}:
            for second in {hint[1], hint[1:2].lower()[0]}:
                table[first << 8 | second] = True
    return table


_OPENINGS = _openings()


def of_segments(view: View, found: Segments, pairs: Pairs) -> Truths:
    """Tell which segments may matter.

    Args:
        view: the buffer.
        found: the segments.
        pairs: ports of connections that are followed by content.
    """
    source, destination = found.source_port, found.destination_port
    by_port: Truths = FOLLOWED[source] | FOLLOWED[destination]
    chosen: Truths = by_port | (found.flags & _MARKS != 0)
    rows = np.flatnonzero(~by_port & found.sound & (found.stop - found.begin >= _SHORTEST))
    rows = rows[_OPENINGS[view.numbers(found.begin[rows], ">u2")]]
    pairs = list(pairs)
    if rows.size or pairs:
        ends = np.zeros(1 << 16, np.bool_)
        ends[source[rows]] = ends[destination[rows]] = True
        ends[[port for pair in pairs for port in pair]] = True
        chosen |= ends[source] & ends[destination]
    return chosen


def of_datagrams(view: View, found: Datagrams) -> Truths:
    """Tell which datagrams may be DNS: from or to its port, or with a header that a lookup may have."""
    chosen: Truths = (found.source_port == _DNS_PORT) | (found.destination_port == _DNS_PORT)
    rows = np.flatnonzero(~chosen & (found.stop - found.begin > _DNS_HEADER.itemsize))
    if rows.size:
        header = view.headers(found.begin[rows], _DNS_HEADER)
        flags = header["flags"].astype(np.int64)
        query = (flags & (_RESPONSE | _NEVER_IN_QUERIES) == 0) & (header["answers"] <= 1) & (header["authorities"] <= 1)
        like = (header["questions"] == 1) & (flags & _RESERVED == 0) & _OPCODES[flags >> 11 & 0xF]
        chosen[rows[like & (query | (flags & _RESPONSE != 0))]] = True
    return chosen
