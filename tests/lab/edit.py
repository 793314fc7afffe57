"""Changing a capture file afterwards, as a lossy tap or a clock that is wrong would have."""

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
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
    write(capture, octets[:FILE_HEADER], filter(None, map(change, records(octets))))


def without(capture: Path, lost: Callable[[bytes], bool]) -> None:
    """Take away the frames that *lost* names."""
    rewrite(capture, lambda record: None if lost(record.frame) else record)


def with_clock(capture: Path, ahead: float, drift: float = 0.0) -> None:
    """Stamp the frames as a clock would that is *ahead* (seconds) at the first of them, and gains *drift* (of one)."""
    first = next(records(capture.read_bytes())).at

    def stamped(record: Record) -> Record:
        return record._replace(at=record.at + round(ahead * MICROS + (record.at - first) * drift))

    rewrite(capture, stamped)


def with_step(capture: Path, after: int, step: float) -> None:
    """Stamp the frames as a clock would that is set by *step* (seconds) when *after* of them have been seen."""
    numbers = itertools.count()
    rewrite(capture, lambda one: one._replace(at=one.at + round(step * MICROS) * (next(numbers) >= after)))


def disordered(capture: Path) -> None:
    """Exchange every second frame with its successor, stamps and all: what several queues of one network card do."""
    octets = capture.read_bytes()
    frames = list(records(octets))
    frames[1:-1:2], frames[2::2] = frames[2::2], frames[1:-1:2]
    write(capture, octets[:FILE_HEADER], frames)


def merged(capture: Path, *others: Path) -> None:
    """Make one file of several of the same link type, by time."""
    octets = capture.read_bytes()
    frames = [record for path in (capture, *others) for record in records(path.read_bytes())]
    write(capture, octets[:FILE_HEADER], sorted(frames))


def write(capture: Path, header: bytes, frames: Iterable[Record]) -> None:
    packed = (RECORD_HEADER.pack(*divmod(one.at, MICROS), len(one.frame), one.length) + one.frame for one in frames)
    capture.write_bytes(header + b"".join(packed))


def log_with_clock(log: Path, hours: int) -> None:
    """Stamp the lines of a log (RFC 3164) as a host would whose zone is *hours* east of UTC."""

    def stamped(line: str) -> str:
        at = datetime.strptime(f"2000 {line[:15]}", "%Y %b %d %H:%M:%S").replace(tzinfo=UTC) + timedelta(hours=hours)
        return f"{at:%b} {at.day:2} {at:%H:%M:%S}{line[15:]}"

    log.write_text("".join(map(stamped, log.read_text().splitlines(keepends=True))))
