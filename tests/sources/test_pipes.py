"""What comes in a moment is gathered; a quiet line is not waited for."""

import io
import os
import threading
import time
from collections.abc import Iterator

import pytest

from wiretruth.sources.pipes import LONGEST, PAUSE, gather, readiness, widen


class Line:
    """Gives its spoonfuls, each after so many seconds, by a clock of its own."""

    def __init__(self, *spoonfuls: tuple[float, bytes]) -> None:
        self._left = list(spoonfuls)
        self.now = 100.0

    def read(self, room: memoryview) -> int:
        if not self._left:
            return 0
        after, octets = self._left.pop(0)
        self.now += after
        room[: len(octets)] = octets
        return len(octets)

    def ready(self, seconds: float) -> bool:
        if self._left and self._left[0][0] > seconds:
            self.now += seconds
            self._left[0] = (self._left[0][0] - seconds, self._left[0][1])
            return False
        return True

    def clock(self) -> float:
        return self.now

    def blocks(self, size: int, least: int = 1) -> Iterator[bytes]:
        room = memoryview(bytearray(size))
        while filled := gather(room, least, self.read, self.ready, self.clock):
            yield bytes(room[:filled])


@pytest.mark.parametrize(
    ("line", "least", "expected"),
    [
        ([(0, b"a"), (0, b"b"), (PAUSE / 2, b"c")], 1, [b"abc"]),
        ([(9, b"a"), (9, b"b")], 1, [b"a", b"b"]),
        ([(0, b"a"), (PAUSE * 2, b"b"), (0, b"c")], 1, [b"a", b"bc"]),
        ([(0, b"a"), (9, b"b"), (9, b"c")], 2, [b"ab", b"c"]),
        ([(0, b"abcd"), (0, b"e")], 1, [b"abcd", b"e"]),
        ([], 1, []),
    ],
)
def test_gathering(line: list[tuple[float, bytes]], least: int, expected: list[bytes]) -> None:
    assert expected == list(Line(*line).blocks(4, least))


def test_a_line_that_never_rests_is_handed_on_in_time() -> None:
    line = Line(*[(PAUSE / 2, b"x")] * 100)
    begun = line.now
    block = next(line.blocks(1000))

    assert len(block) < 100
    assert line.now - begun <= LONGEST + PAUSE


def test_a_real_pipe() -> None:
    """Many writes become few blocks; the end is no reason to wait."""
    out, into = os.pipe()
    widen(out)

    def write() -> None:
        for _ in range(200):
            os.write(into, bytes(5000))
        os.close(into)

    writer = threading.Thread(target=write)
    with io.FileIO(out) as raw:
        room = memoryview(bytearray(1 << 20))
        writer.start()
        begun = time.monotonic()
        sizes = []
        while filled := gather(room, 1, lambda to: raw.readinto(to) or 0, readiness(out), time.monotonic):
            sizes.append(filled)
        writer.join()

    assert 1_000_000 == sum(sizes)
    assert len(sizes) < 100
    assert time.monotonic() - begun < 10


def test_what_is_no_pipe_is_not_widened() -> None:
    with open(os.devnull, "rb") as device:  # noqa: PTH123  (a descriptor is wanted)
        widen(device.fileno())
