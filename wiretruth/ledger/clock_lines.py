"""One clock against another, as a line: offset, drift, and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wiretruth.model.frames import NANOSECONDS

STRETCHES = 32
"""Stretches into which a capture is divided to see a clock drift: enough for a line, few enough to hold least delays."""

STRETCHES_NEEDED = 4
"""Two points always make a line."""

SHORTEST = 10 * NANOSECONDS
"""No drift is told from less time: crystals differ by 20 to 100 millionths, which is a millisecond in ten seconds at most."""

STEADY = 2.0
"""A drift is told where it moves the clock by this many uncertainties in the time watched."""

FASTEST = 1e-3
"""Clocks that are being slewed move by 500 millionths (adjtime(3), RFC 5905 §11.3); beyond twice that it was a step."""


class ClockLine(NamedTuple):
    """How far one clock is ahead of another."""

    offset: int
    """Nanoseconds, at :attr:`at`."""
    drift: float
    """Nanoseconds gained in one nanosecond."""
    at: int
    """By the clock that it is compared with."""
    uncertainty: int
    """Half of what least delays leave open, in nanoseconds."""
    pairs: int
    """Conversations compared."""

    @property
    def disagrees(self) -> bool:
        """Tell whether the clocks cannot be one: a packet would arrive before it was sent."""
        return abs(self.offset) > self.uncertainty or self.drift != 0.0

    def ahead(self, at: int) -> int:
        """Give the offset at another moment."""
        return self.offset + round(self.drift * (at - self.at))

    def reversed(self) -> "ClockLine":
        """Give the same as the other clock sees it."""
        return self._replace(offset=-self.offset, drift=-self.drift, at=self.at + self.offset)

    def behind(self, first: "ClockLine") -> "ClockLine":
        """Give this clock against a third one, to which *first* leads."""
        if not first.pairs:
            return self
        at = self.at - first.ahead(self.at)
        return ClockLine(
            self.offset + first.ahead(at),
            self.drift + first.drift,
            at,
            self.uncertainty + first.uncertainty,
            min(self.pairs, first.pairs),
        )


@dataclass(slots=True)
class Crossings:
    """Conversations that passed two clocks: when by the first one, and the greatest and the least that the other may be ahead."""

    times: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    """From packets that went from the first to the second: offset and delay."""
    least: list[int] = field(default_factory=list)
    """From packets that came back: offset less delay."""

    def add(self, at: int, most: int, least: int) -> None:
        """Note one conversation."""
        self.times.append(at)
        self.most.append(most)
        self.least.append(least)


class _Stretch(NamedTuple):
    at: float
    offset: float
    half: float


def fitted(seen: Crossings) -> ClockLine | None:
    """Give the line between what the crossings allow at most and at least; ``None`` without any."""
    if not seen.times:
        return None
    start, span = min(seen.times), max(seen.times) - min(seen.times)
    stretches = list(_stretches(seen, start, span))
    line = _drifting(stretches, span, len(seen.times))
    return line if line is not None else _steady(seen, stretches, start)


def _steady(seen: Crossings, stretches: list[_Stretch], start: int) -> ClockLine:
    most, least = min(seen.most), max(seen.least)
    if most < least:  # stepped or drifting by less than can be told: the middle of what each stretch says
        offsets = sorted(s.offset for s in stretches)
        half = max(offsets[-1] - offsets[0], *(s.half for s in stretches))
        return ClockLine(round(offsets[len(offsets) // 2]), 0.0, start, round(half), len(seen.times))
    return ClockLine((most + least) // 2, 0.0, start, (most - least + 1) // 2, len(seen.times))


def _stretches(seen: Crossings, start: int, span: int) -> Iterator[_Stretch]:
    length = span // STRETCHES + 1
    bounds: dict[int, tuple[tuple[int, int], tuple[int, int]]] = {}
    for at, most, least in zip(seen.times, seen.most, seen.least, strict=True):
        place = (at - start) // length
        above, below = bounds.get(place, ((most, at), (least, at)))
        bounds[place] = min(above, (most, at)), max(below, (least, at))
    for _, (above, below) in sorted(bounds.items()):
        half = max((above[0] - below[0]) / 2, 0.0)
        yield _Stretch((above[1] + below[1]) / 2, (above[0] + below[0]) / 2, half)


def _drifting(stretches: list[_Stretch], span: int, pairs: int) -> ClockLine | None:
    """Fit a line through the stretches, the narrow ones counting more; ``None`` where a steady offset says as much."""
    if len(stretches) < STRETCHES_NEEDED or span < SHORTEST:
        return None
    weights = [1.0 / (s.half * s.half + 1e6) for s in stretches]
    total = sum(weights)
    middle = sum(w * s.at for w, s in zip(weights, stretches, strict=True)) / total
    level = sum(w * s.offset for w, s in zip(weights, stretches, strict=True)) / total
    spread = sum(w * (s.at - middle) ** 2 for w, s in zip(weights, stretches, strict=True))
    drift = sum(w * (s.at - middle) * (s.offset - level) for w, s in zip(weights, stretches, strict=True)) / spread
    left = max(abs(s.offset - level - drift * (s.at - middle)) for s in stretches)
    half = max(min(s.half for s in stretches), left)
    if abs(drift) > FASTEST or abs(drift) * span < STEADY * max(half, 1.0):
        return None
    return ClockLine(round(level), drift, round(middle), round(half), pairs)
