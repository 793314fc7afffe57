"""Changing a capture file afterwards, as a lossy tap or a clock that is wrong would have."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

FILE_HEADER: Final = 24
RECORD_HEADER: Final = struct.Struct("<IIII")
MICROS: Final = 1_000_000


class Record(NamedTuple):
    """One frame of a file of tcpdump's (little-endian, microseconds)."""

    at: int
    """Microseconds since 1970."""
    length: int
    """As it was on the wire."""
    frame: bytes


def records(octets: bytes) -> Iterator[Record]:
    at = FILE_HEADER
    while at < len(octets):
        seconds, micros, captured, length = RECORD_HEADER.unpack_from(octets, at)
        end = at + RECORD_HEADER.size + captured
        yield Record(seconds * MICROS + micros, length, octets[at + RECORD_HEADER.size : end])
        at = end


def rewrite(capture: Path, change: Callable[[Record], Record | None]) -> None:
    """Rewrite a file with each record as *change* gives it, or without it."""
    octets = capture.read_bytes()
    kept = [octets[:FILE_HEADER]]
    for changed in filter(None, map(change, records(octets))):
        header = RECORD_HEADER.pack(*divmod(changed.at, MICROS), len(changed.frame), changed.length)
        kept.append(header + changed.frame)
    capture.write_bytes(b"".join(kept))


def without(capture: Path, lost: Callable[[bytes], bool]) -> None:
    """Take away the frames that *lost* names."""
    rewrite(capture, lambda record: None if lost(record.frame) else record)


def with_clock(capture: Path, ahead: float, drift: float = 0.0) -> None:
    """Stamp the frames as a clock would that is *ahead* (seconds) at the first of them, and gains *drift* (of one)."""
    first = next(records(capture.read_bytes())).at

    def stamped(record: Record) -> Record:
        return record._replace(at=record.at + round(ahead * MICROS + (record.at - first) * drift))

    rewrite(capture, stamped)
