"""Segments of a batch by connection: sketches of those that only open or end, bundles of the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wiretruth.columns.bundles import Ends, bundles, segment_rows
from wiretruth.columns.grouping import Grouped, grouped
from wiretruth.columns.headers import Headers
from wiretruth.columns.outlines import outlined, outlines
from wiretruth.columns.view import Rows, Truths
from wiretruth.model.packet import Packet, TcpFlag
from wiretruth.model.segments import Bundle, SegmentRows, Sketch

_SYN, _RST, _ACK = int(TcpFlag.SYN), int(TcpFlag.RST), int(TcpFlag.ACK)

Text = Callable[[bytes], str]
"""Gives a packed address as canonical text."""


Columns = tuple[list[str], list[str], list[int], list[str], list[int]]
"""Vantage, address and port of the lower end, as numbers, and of the higher end."""


@dataclass(frozen=True, slots=True)
class Named:
    """Segments of one version of IP, by connection. Connections are named by their places in :attr:`keys`."""

    groups: Grouped
    ends: Columns
    keys: list[Ends]
    """As ``flow.keys`` has them."""

    def opening(self) -> Iterator[tuple[int, int]]:
        """Give connection and sequence number of each SYN."""
        tcp = self.groups.tcp
        syn = np.flatnonzero(tcp["flags"] & (_SYN | _RST | _ACK) == _SYN)
        yield from zip(self._group_of(syn).tolist(), tcp["seq"][syn].tolist(), strict=True)

    def astray(self) -> Iterator[tuple[int, int]]:
        """Give the connection of each SYN-ACK and reset, and the number that it answers, but for those that answer its first row."""
        group, numbers = astray(self.groups)
        yield from zip(group.tolist(), numbers.tolist(), strict=True)

    def of(self, connections: list[int]) -> Rows:
        """Give the segments of some connections."""
        places, starts = self.groups.places, [*self.groups.starts.tolist(), len(self.groups.places)]
        spans = [places[starts[n] : starts[n + 1]] for n in connections]
        return np.concatenate(spans) if spans else places[:0]

    def _group_of(self, rows: Rows) -> Rows:
        return np.searchsorted(self.groups.starts, rows, "right") - 1


def astray(found: Grouped) -> tuple[Rows, npt.NDArray[np.uint32]]:
    """Give the group of each SYN-ACK and reset, and the number that it answers, but for those that answer its first row."""
    tcp, starts = found.tcp, found.starts
    flags = tcp["flags"]
    answer = np.flatnonzero((flags & _ACK != 0) & (flags & (_SYN | _RST) != 0))
    group, numbers = np.searchsorted(starts, answer, "right") - 1, tcp["ack"][answer].astype(np.uint32) - np.uint32(1)
    first = starts[group]
    own = (flags[first] & (_SYN | _RST | _ACK) == _SYN) & (tcp["seq"][first] == numbers)
    return group[~own], numbers[~own]


Spare = Callable[[list[Grouped]], list[Grouped]]
"""Takes connections before they are named; gives the others."""

Take = Callable[[list[Named]], list[Truths]]


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was not taken before, by connection."""

    named: Named
    sketches: list[tuple[int, Sketch]]
    bundles: list[tuple[int, Bundle]]
    rows: SegmentRows | None
    """Of the bundles; ``None`` where there are none."""
    asked_for: Rows
    """The segments of bundles that will be asked for as packets."""


@dataclass(frozen=True, slots=True)
class Bundler:
    """What is needed that is not in headers."""

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
    sketching: bool = True
    """Nothing more is wanted of connections of which there is no more than an outline."""
    spare: Spare | None = None

    def bundled(self, found: Headers, places: Rows, take: Take | None = None) -> list[Bundled]:
        """Take segments by connection.

        Args:
            found: the headers of the batch.
            places: of the segments in the columns.
            take: may take connections before; it is given all of them, and tells which it took.
        """
        groups = grouped(found, places, self.place)
        parts = [self._named(part) for part in (self.spare(groups) if self.spare is not None else groups)]
        taken = take(parts) if take is not None else [np.zeros(len(part.keys), np.bool_) for part in parts]
        return [self._bundled(part, without) for part, without in zip(parts, taken, strict=True)]

    def _named(self, found: Grouped) -> Named:
        ends = self._ends(found)
        # By text, as ``flow.keys`` has them: the order of numbers is another one.
        keys = [(v, a, p, b, q) if (a, p) <= (b, q) else (v, b, q, a, p) for v, a, p, b, q in zip(*ends, strict=True)]
        return Named(found, ends, keys)

    def _bundled(self, part: Named, taken: Truths) -> Bundled:
        found, ends, keys = part.groups, part.ends, part.keys
        outline = (outlined(found) if self.sketching else np.zeros(len(keys), np.bool_)) & ~taken
        left = ~outline & ~taken
        sketches: list[tuple[int, Sketch]] = []
        bundled: list[tuple[int, Bundle]] = []
        rows: SegmentRows | None = None
        asked_for = found.places[:0]
        if outline.any():
            some, numbers = found.some(outline), np.flatnonzero(outline).tolist()
            told = outlines(some, self.first_number)
            sketches = [(n, Sketch(keys[n], octets, isn)) for n, (octets, isn) in zip(numbers, told, strict=True)]
        if left.any():
            some, numbers = found.some(left), np.flatnonzero(left).tolist()
            rows, asked = segment_rows(some, self.first_number, self.packet)
            asked_for = some.places[asked]
            bundled = list(zip(numbers, bundles(some, _of(ends, numbers), rows), strict=True))
        return Bundled(part, sketches, bundled, rows, asked_for)

    def _ends(self, found: Grouped) -> Columns:
        """Give vantage, lower and higher end of each connection."""
        starts = found.starts
        text = self.ipv4_text if found.version == 4 else self.ipv6_text  # noqa: PLR2004
        by_high, tcp = found.by_high[starts], found.tcp
        names = [self.names[0]] * len(starts)
        if self.place is not None:
            names = [self.names[place] for place in self.place[found.rows[starts]].tolist()]
        source, destination = found.header["from"][starts], found.header["to"][starts]
        source_port, destination_port = tcp["source_port"][starts], tcp["destination_port"][starts]
        return (
            names,
            list(map(text, np.where(by_high, destination, source).tolist())),
            np.where(by_high, destination_port, source_port).tolist(),
            list(map(text, np.where(by_high, source, destination).tolist())),
            np.where(by_high, source_port, destination_port).tolist(),
        )


def _of(ends: Columns, connections: list[int]) -> list[Ends]:
    names, low, low_port, high, high_port = ends
    return [(names[n], low[n], low_port[n], high[n], high_port[n]) for n in connections]
