"""Chosen rows as packets, made in bulk: exactly those that ``wire`` would make one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from wiretruth.columns.headers import Chosen, Headers
from wiretruth.columns.networks import IPV4_HEADER, IPV6_HEADER
from wiretruth.columns.options import MSS, SACK, SACK_PERMITTED, WINDOW_SCALE, Options
from wiretruth.columns.transports import TCP_HEADER
from wiretruth.columns.view import Numbers, Rows, View
from wiretruth.model.packet import TCP, UDP, Direction, Packet, TcpSegment, UdpDatagram

_FLAGS = 0x3F
_DONT_FRAGMENT = 0x4000
_SACK_BLOCK = 8
_DIRECTIONS = tuple(Direction)

Text = Callable[[bytes], str]
"""Gives a packed address as canonical text."""

# The named constructors cost more than all of the rest.
_new: Callable[[type, Iterable[Any]], Any] = tuple.__new__


def _records(kind: type, *columns: Iterable[Any]) -> Iterator[Any]:
    """Make one record of *kind* of each row; columns that repeat one value have no end."""
    return map(_new, repeat(kind), zip(*columns))  # noqa: B905  (no end)


@dataclass(frozen=True, slots=True)
class Maker:
    """What packets need that is not in their headers."""

    ipv4_text: Text
    ipv6_text: Text
    first_number: int
    """Frame number of row 0."""
    vantages: Callable[[Rows], Iterable[str]]
    """Gives the label of the vantage of each row."""

    def packets(self, found: Headers, chosen: Chosen) -> dict[int, Packet]:
        """Make the packets of the chosen rows, by row."""
        made: dict[int, Packet] = {}
        if chosen.segments.size:
            rows = found.segments.rows[chosen.segments]
            made.update(self._with(found, rows, TCP, _segments(found, chosen.segments, rows)))
        if chosen.datagrams.size:
            rows = found.datagrams.rows[chosen.datagrams]
            made.update(self._with(found, rows, UDP, _datagrams(found, chosen.datagrams)))
        return made

    def _with(self, found: Headers, rows: Rows, protocol: int, transports: list[Any]) -> Iterator[tuple[int, Packet]]:
        """Put the packets of *rows* around their transports."""
        version_6 = found.networks.version_6[rows]
        if not version_6.any():
            return self._version(found, rows, protocol, transports, _version_4(found, rows, self.ipv4_text))
        if version_6.all():
            return self._version(found, rows, protocol, transports, _version_6(found, rows, self.ipv6_text))
        return self._mixed(found, rows, protocol, transports, version_6)

    def _mixed(
        self, found: Headers, rows: Rows, protocol: int, transports: list[Any], version_6: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, Packet]]:
        for wanted in (False, True):
            places = np.flatnonzero(version_6 == wanted)
            part = [transports[place] for place in places.tolist()]
            yield from self._with(found, rows[places], protocol, part)

    def _version(
        self, found: Headers, rows: Rows, protocol: int, transports: list[Any], network: tuple[Iterable[Any], ...]
    ) -> Iterator[tuple[int, Packet]]:
        numbers = rows.tolist()
        source, destination, ttl, ip_id, dont_fragment = network
        packets = _records(
            Packet, self.vantages(rows), (rows + self.first_number).tolist(), found.times[rows].tolist(), source, destination,
            repeat(protocol), ttl, ip_id, dont_fragment, found.networks.length[rows].tolist(), transports, repeat(None),
            _directions(found.links.direction[rows]), repeat(()),
        )  # fmt: skip
        return zip(numbers, packets, strict=True)


def _version_4(found: Headers, rows: Rows, text: Text) -> tuple[Iterable[Any], ...]:
    header = found.view.headers(found.networks.start[rows], IPV4_HEADER)
    return (
        map(text, header["source"].tolist()),
        map(text, header["destination"].tolist()),
        header["ttl"].tolist(),
        header["identification"].tolist(),
        (header["pieces"] & _DONT_FRAGMENT != 0).tolist(),
    )


def _version_6(found: Headers, rows: Rows, text: Text) -> tuple[Iterable[Any], ...]:
    header = found.view.headers(found.networks.start[rows], IPV6_HEADER)
    return (
        map(text, header["source"].tolist()),
        map(text, header["destination"].tolist()),
        header["ttl"].tolist(),
        repeat(None),
        repeat(True),
    )


def _directions(values: Numbers) -> Iterable[Direction]:
    return map(_DIRECTIONS.__getitem__, values.tolist()) if values.any() else repeat(Direction.UNKNOWN)


def _segments(found: Headers, places: Rows, rows: Rows) -> list[TcpSegment]:
    segments = found.segments
    networks = found.networks
    header = found.view.headers(networks.begin[rows], TCP_HEADER)
    begin = segments.begin[places]
    length = np.maximum(networks.start[rows] + networks.length[rows] - begin, 0)
    return list(_records(
        TcpSegment, segments.source_port[places].tolist(), segments.destination_port[places].tolist(), header["seq"].tolist(),
        header["ack"].tolist(), (header["flags"] & _FLAGS).tolist(), header["window"].tolist(),
        _payloads(found.view, begin, segments.stop[places]), length.tolist(),
        *_options(found.view, segments.options, places),
    ))  # fmt: skip


def _datagrams(found: Headers, places: Rows) -> list[UdpDatagram]:
    datagrams = found.datagrams
    return list(_records(
        UdpDatagram, datagrams.source_port[places].tolist(), datagrams.destination_port[places].tolist(),
        _payloads(found.view, datagrams.begin[places], datagrams.stop[places]), datagrams.length[places].tolist(),
    ))  # fmt: skip


def _payloads(view: View, begin: Numbers, stop: Numbers) -> list[bytes]:
    octets = view.octets
    return [octets[a:b].tobytes() if a < b else b"" for a, b in zip(begin.tolist(), stop.tolist(), strict=True)]


def _options(view: View, options: Options, places: Rows) -> list[Iterable[Any]]:
    """Give the last six columns of segments."""
    stamped = options.timestamps[places]
    value, echo = view.numbers(stamped + 2, ">u4").tolist(), view.numbers(stamped + 6, ">u4").tolist()
    for place in np.flatnonzero(stamped == 0).tolist():
        value[place] = echo[place] = None
    columns: list[Iterable[Any]] = [repeat(None), repeat(None), repeat(False), repeat(()), value, echo]
    _, here, there = np.intersect1d(places, options.special, assume_unique=True, return_indices=True)
    if here.size:
        defaults = (None, None, False, ())
        special = [_filled(len(places), default) for default in defaults]
        _set_special(view, options, special, here, there)
        columns[:4] = special
    return columns


def _filled(size: int, value: Any) -> list[Any]:
    return [value] * size


def _set_special(view: View, options: Options, columns: list[list[Any]], here: Rows, there: Rows) -> None:
    """Fill in what is rare: *here* are places in the columns, *there* the same segments among the special ones."""
    mss, scale, permitted, sack = columns
    places = options.places
    for column, kind, width in ((mss, MSS, ">u2"), (scale, WINDOW_SCALE, "u1")):
        at = places[kind][there]
        for place, where, number in zip(here.tolist(), at.tolist(), view.numbers(at + 2, width).tolist(), strict=True):
            if where:
                column[place] = number
    for place, where in zip(here.tolist(), places[SACK_PERMITTED][there].tolist(), strict=True):
        permitted[place] = where > 0
    for place, where in zip(here.tolist(), places[SACK][there].tolist(), strict=True):
        if where:
            sack[place] = _blocks(view, where)


def _blocks(view: View, at: int) -> tuple[tuple[int, int], ...]:
    """Read the SACK option at *at*."""
    octets = view.octets
    numbers = [int.from_bytes(octets[i : i + 4]) for i in range(at + 2, at + octets[at + 1], 4)]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
