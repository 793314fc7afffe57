"""TCP and UDP headers in columns. The definitions are ``wire.tcp`` and ``wire.udp``."""

from dataclasses import dataclass

import numpy as np

from wiretruth.columns.networks import Networks
from wiretruth.columns.options import Options, read
from wiretruth.columns.tunnels import plain_datagrams
from wiretruth.columns.view import Numbers, Rows, Truths, View

TCP_HEADER = np.dtype([
    ("source_port", ">u2"), ("destination_port", ">u2"), ("seq", ">u4"), ("ack", ">u4"), ("offset", "u1"), ("flags", "u1"),
    ("window", ">u2"), ("checksum", ">u2"), ("urgent", ">u2"),
])  # fmt: skip
_TCP_START = np.dtype([*TCP_HEADER.descr, ("option", ">u4")])
"""With the first four octets of the options, where there are any."""

UDP_HEADER = np.dtype([("source_port", ">u2"), ("destination_port", ">u2"), ("length", ">u2"), ("checksum", ">u2")])


@dataclass(frozen=True, slots=True)
class Segments:
    """The TCP headers of some rows; the columns have one entry a row of :attr:`rows`."""

    rows: Rows
    sound: Truths
    source_port: Numbers
    destination_port: Numbers
    flags: Numbers
    begin: Numbers
    """Where the payload begins in the buffer."""
    stop: Numbers
    """Where its captured octets end; perhaps before *begin*."""
    options: Options
    """Of the sound ones."""


@dataclass(frozen=True, slots=True)
class Datagrams:
    """The UDP headers of some rows; the columns have one entry a row of :attr:`rows`."""

    rows: Rows
    sound: Truths
    source_port: Numbers
    destination_port: Numbers
    begin: Numbers
    """Where the payload begins in the buffer."""
    stop: Numbers
    """Where its captured octets end."""
    length: Numbers
    """Octets of payload on the wire."""


def segments(view: View, found: Networks, rows: Rows) -> Segments:
    """Read the TCP headers of *rows*."""
    header_at, stop = found.begin[rows], found.stop[rows]
    header = view.headers(header_at, _TCP_START)
    size = (header["offset"] >> 4) * np.uint8(4)
    begin = header_at + size
    sound = (size >= TCP_HEADER.itemsize) & (begin <= stop)
    options = read(view, header_at + TCP_HEADER.itemsize, begin, header["option"], sound)
    return Segments(
        rows,
        options.sound,
        header["source_port"].astype(np.int64),
        header["destination_port"].astype(np.int64),
        header["flags"].astype(np.int64),
        begin,
        stop,
        options,
    )


def datagrams(view: View, found: Networks, rows: Rows) -> Datagrams:
    """Read the UDP headers of *rows*."""
    header_at, stop = found.begin[rows], found.stop[rows]
    header = view.headers(header_at, UDP_HEADER)
    size = UDP_HEADER.itemsize
    by_packet = found.start[rows] + found.length[rows] - header_at
    stated = header["length"].astype(np.int64)
    sound = (stop - header_at >= size) & ((stated == 0) | ((stated >= size) & (stated <= by_packet)))
    length = np.where(stated, stated, by_packet)
    destination_port = header["destination_port"].astype(np.int64)
    return Datagrams(
        rows,
        sound & plain_datagrams(destination_port),
        header["source_port"].astype(np.int64),
        destination_port,
        header_at + size,
        np.minimum(stop, header_at + length),
        length - size,
    )
