"""The headers of a batch, and which of its rows are regular."""

from dataclasses import dataclass

import numpy as np

from wiretruth.columns import selection
from wiretruth.columns.links import Links, links
from wiretruth.columns.networks import Networks, limits, networks, of_protocol
from wiretruth.columns.transports import Datagrams, Segments, datagrams, segments
from wiretruth.columns.view import Numbers, Rows, Truths, View
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import ICMP, ICMPV6, TCP, UDP

_ICMP_HEADER = 8
_ICMP_ERRORS = {4: np.isin(np.arange(256), (3, 4, 5, 11, 12)), 6: np.isin(np.arange(256), (1, 2, 3, 4))}
"""Tells of each type whether it quotes a packet, by IP version."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Everything that is read of every row."""

    view: View
    times: Numbers
    captured: Numbers
    original: Numbers
    interface: Numbers
    links: Links
    networks: Networks
    segments: Segments
    datagrams: Datagrams
    regular: Truths
    """``wire`` would make a packet without a fault and without a quotation of the row, and the columns say which."""


def headers(batch: FrameBatch) -> Headers:
    """Read the headers of every row; hostile lengths make a row irregular, and nothing else."""
    view = View(batch.buffer)
    offsets, captured, original, times, interface = (
        np.frombuffer(column, np.int64)
        for column in (batch.offsets, batch.captured, batch.original, batch.times, batch.interface)
    )
    of_links = links(view, batch, offsets, captured)
    found = networks(view, of_links, offsets + captured, limits(offsets, captured, original))
    of_segments = segments(view, found, of_protocol(found, TCP))
    of_datagrams = datagrams(view, found, of_protocol(found, UDP))
    regular = found.sound.copy()
    regular[of_segments.rows] = of_segments.sound
    regular[of_datagrams.rows] = of_datagrams.sound
    if ((found.protocol == ICMP) | (found.protocol == ICMPV6)).any():
        for protocol, version in ((ICMP, 4), (ICMPV6, 6)):
            rows = of_protocol(found, protocol, version=version)
            regular[rows] = _harmless(view, found, rows, version)
    return Headers(view, times, captured, original, interface, of_links, found, of_segments, of_datagrams, regular)


def _harmless(view: View, found: Networks, rows: Rows, version: int) -> Truths:
    """Tell which ICMP messages are whole and quote nothing: they say nothing that anybody asks for."""
    begin = found.begin[rows]
    whole: Truths = found.stop[rows] - begin >= _ICMP_HEADER
    return whole & ~_ICMP_ERRORS[version][view.numbers(begin, "u1")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The regular rows that may matter: places in the columns of segments and of datagrams."""

    segments: Rows
    datagrams: Rows


def choose(found: Headers, pairs: selection.Pairs, inside: Truths, *, everything: bool) -> Chosen:
    """Choose the rows that may matter.

    Args:
        found: the headers of the batch.
        pairs: ports of connections that are followed by content.
        inside: tells which rows count at all.
        everything: every segment matters.
    """
    of_segments = found.segments.sound & inside[found.segments.rows]
    if not everything:
        of_segments &= selection.of_segments(found.view, found.segments, pairs)
    of_datagrams = found.datagrams.sound & inside[found.datagrams.rows]
    of_datagrams &= selection.of_datagrams(found.view, found.datagrams)
    return Chosen(np.flatnonzero(of_segments), np.flatnonzero(of_datagrams))
