"""A capture feed, held to its promises: the same frames however the file is cut, and never more than it holds."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tests.fuzz.target import harmless
from wiretruth.capture.feed import MAX_FAULTS, MAX_INTERFACES, Feed
from wiretruth.model.frames import Fault, FrameBatch

Row = tuple[bytes, int, int, int, int]
"""Octets, original length, time, interface and number of a frame."""


class Fed(NamedTuple):
    """What came of a file."""

    rows: list[Row]
    faults: tuple[Fault, ...]
    cut_off: bool
    ended: bool
    kernel_drops: int | None
    interfaces: int


def hold_feed(make: Callable[[], Feed], octets: bytes) -> None:
    """Read a file at once and in pieces."""
    at_once = fed(make(), [octets])
    size = 1 + sum(octets[-2:]) % 61

    assert at_once == fed(make(), (octets[i : i + size] for i in range(0, len(octets), size)))
    assert sum(len(row[0]) for row in at_once.rows) <= len(octets)
    assert len(at_once.faults) <= MAX_FAULTS
    assert at_once.interfaces <= MAX_INTERFACES
    for fault in at_once.faults:
        assert 0 <= fault.offset <= len(octets)
        harmless(fault.got + fault.expected + fault.where)


def fed(feed: Feed, pieces: Iterable[bytes]) -> Fed:
    """Feed pieces, and tell what came of them."""
    rows = [row for piece in pieces if not feed.ended for batch in feed.receive(piece) for row in _rows(batch)]
    feed.finish()
    return Fed(rows, feed.faults, feed.cut_off, feed.ended, feed.kernel_drops, len(feed.interfaces))


def _rows(batch: FrameBatch) -> Iterator[Row]:
    buffer = memoryview(batch.buffer)
    for row in range(len(batch)):
        begin, size = batch.offsets[row], batch.captured[row]
        assert 0 <= begin <= begin + size <= len(buffer)
        assert batch.original[row] >= 0
        assert 0 <= batch.interface[row] < len(batch.interfaces)
        yield (
            bytes(buffer[begin : begin + size]),
            batch.original[row],
            batch.times[row],
            batch.interface[row],
            batch.first_number + row,
        )
