"""Segments brought together by connection, those of each in the order of the capture."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wiretruth.columns.headers import Headers
from wiretruth.columns.transports import TCP_HEADER
from wiretruth.columns.view import Numbers, Rows, Truths

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

_INDEX_BITS = 24
_INDEX = np.uint64((1 << _INDEX_BITS) - 1)
_FACTORS = np.resize(np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64), 7)

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Segments of one version of IP; the columns have one entry for each, group by group."""

    found: Headers
    version: int
    places: Rows
    """Among the segments of the batch."""
    rows: Rows
    """In the batch."""
    header: npt.NDArray[np.void]
    """Of IP."""
    tcp: npt.NDArray[np.void]
    by_high: Truths
    """Sent by the end whose address and port, as numbers, are the greater ones."""
    starts: Rows
    """Where each group begins."""

    @property
    def counts(self) -> Numbers:
        """How many segments each group has."""
        counts = np.empty_like(self.starts)
        np.subtract(self.starts[1:], self.starts[:-1], out=counts[:-1])
        counts[-1:] = len(self.rows) - self.starts[-1:]
        return counts

    def some(self, wanted: Truths) -> "Grouped":
        """Give some of the groups."""
        counts = self.counts
        chosen = np.flatnonzero(np.repeat(wanted, counts))
        kept = counts[wanted]
        return Grouped(
            self.found, self.version, self.places[chosen], self.rows[chosen], _placed(self.header, chosen),
            _placed(self.tcp, chosen), self.by_high[chosen], np.cumsum(kept) - kept,
        )  # fmt: skip


def grouped(found: Headers, places: Rows, seen_at: Rows | None) -> list[Grouped]:
    """Group segments by connection.

    Args:
        found: the headers of the batch.
        places: of the segments in the columns.
        seen_at: where each row of the batch was seen; ``None`` for all at the same place.
    """
    version_6 = found.networks.version_6[found.segments.rows[places]]
    parts = ((4, places[~version_6]), (6, places[version_6]))
    return [_grouped(found, part, seen_at, version) for version, part in parts if part.size]


def _grouped(found: Headers, places: Rows, seen_at: Rows | None, version: int) -> Grouped:
    segments = found.segments
    rows = segments.rows[places]
    header = found.view.headers(found.networks.start[rows], _ENDS_4 if version == 4 else _ENDS_6)  # noqa: PLR2004
    ports = segments.source_port[places].astype(np.uint64), segments.destination_port[places].astype(np.uint64)
    source, destination = (_ends_4 if version == 4 else _ends_6)(header, *ports)  # noqa: PLR2004
    by_high = _greater(source, destination)
    low, high = _chosen(by_high, destination, source), _chosen(by_high, source, destination)
    seen = [] if seen_at is None else [seen_at[rows].astype(np.uint64)]
    order, starts = _sorted([*low, *high, *seen])
    rows = rows[order]
    tcp = found.view.headers(found.networks.begin[rows], TCP_HEADER)
    return Grouped(found, version, places[order], rows, _placed(header, order), tcp, by_high[order], starts)


def _placed(column: npt.NDArray[np.void], order: Rows) -> npt.NDArray[np.void]:
    """Give some headers: bare octets are indexed, which numpy copies in one piece."""
    placed: npt.NDArray[np.void] = column.view(f"V{column.itemsize}")[order].view(column.dtype)
    return placed


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


def _sorted(words: list[Words]) -> tuple[Rows, Rows]:
    """Bring equal rows together, each group in order; tell where the groups begin.

    The hash only brings together: borders are where words differ. Where two groups have one hash, all is sorted by the words.
    """
    mixed = np.zeros(len(words[0]), np.uint64)
    for word, factor in zip(words, _FACTORS, strict=False):
        mixed = (mixed ^ word) * factor
        mixed ^= mixed >> np.uint64(29)
    mixed = mixed & ~_INDEX | np.arange(len(mixed), dtype=np.uint64)
    mixed.sort()
    order = (mixed & _INDEX).astype(np.intp)
    border = _borders(words, order)
    if (border[1:] & (mixed[1:] ^ mixed[:-1] <= _INDEX)).any():
        order = np.lexsort(words)
        border = _borders(words, order)
    return order, np.flatnonzero(border)


def _borders(words: list[Words], order: Rows) -> Truths:
    """Tell which rows differ from the one before."""
    border = np.zeros(len(order), np.bool_)
    border[:1] = True
    for word in words:
        placed = word[order]
        border[1:] |= placed[1:] != placed[:-1]
    return border
