"""How far the clocks of several captures disagree, from the packets that passed both.

Each input has one clock: whatever interfaces it names were stamped by one host. What passes from one clock to another shows
the offset and the delay, what comes back the offset less the delay. Delays are never negative: so the least of the one kind
and the greatest of the other enclose the offset (RFC 5905 §8 halves the sum in the same way, for one exchange).
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from wiretruth.ledger.clock_lines import ClockLine, Crossings, fitted
from wiretruth.ledger.clock_samples import of_lookups, of_sightings
from wiretruth.model.dns import Lookup
from wiretruth.model.sighting import Sighting

MOST_VANTAGES = 4096
"""Labels of which the clock is remembered: taking them apart costs more than all else that is asked of a clock."""

_AGREEING = ClockLine(0, 0.0, 0, 0, 0)


class ClockOffset(NamedTuple):
    """One input's clock against that of another."""

    clock: str
    """Label of the input."""
    reference: str
    """Label of the input that it is compared with."""
    line: ClockLine
    """How far it is ahead of that one."""


class Clocks:
    """The clocks of a run; without any offset known they are held to be one clock."""

    def __init__(self, offsets: Iterable[ClockOffset] = ()) -> None:
        """Begin with what is known of each clock against the reference."""
        self.offsets = tuple(offsets)
        self._lines: Mapping[str, ClockLine] = {o.clock: o.line for o in self.offsets if o.line.disagrees}

    def __bool__(self) -> bool:
        """Tell whether any two clocks disagree."""
        return bool(self._lines)

    def common(self, vantage: str, at: int) -> int:
        """Give a moment of one vantage as the reference clock would have it."""
        if not self._lines:
            return at
        line = self._lines.get(clock_of(vantage))
        return at - line.ahead(at - line.offset) if line is not None else at

    def between(self, vantage: str, other: str, at: int) -> int:
        """Give a moment of *vantage* as the clock of *other* would have it."""
        if not self._lines or clock_of(vantage) == clock_of(other):
            return at
        moment = self.common(vantage, at)
        line = self._lines.get(clock_of(other))
        return moment + line.ahead(moment) if line is not None else moment

    def offset_of(self, vantage: str) -> ClockOffset | None:
        """Give what is known of the clock of a vantage; ``None`` for the reference and for those never compared."""
        clock = clock_of(vantage)
        return next((o for o in self.offsets if o.clock == clock), None)


@functools.lru_cache(maxsize=MOST_VANTAGES)
def clock_of(vantage: str) -> str:
    """Give the label of the input to which a vantage (``label`` or ``label#interface``) belongs."""
    return vantage.partition("#")[0]


def compare_clocks(sightings: Sequence[Sighting], lookups: Iterable[Lookup], labels: list[str]) -> Clocks:
    """Compare the clocks of all inputs that saw the same packets.

    Args:
        sightings: of all inputs.
        lookups: of all inputs; asked where two inputs share no connection.
        labels: of the inputs, in their order; the first one that was compared with others is the reference.
    """
    if len(labels) < 2:  # noqa: PLR2004 - one input has one clock
        return Clocks()
    crossings = of_sightings(sightings)
    if len({label for pair in crossings for label in pair}) < len(labels):
        for pair, seen in of_lookups(lookups).items():
            crossings.setdefault(pair, seen)
    return Clocks(_against_first(crossings, labels))


def _against_first(crossings: Mapping[tuple[str, str], Crossings], labels: list[str]) -> list[ClockOffset]:
    """Reach every clock from the first of its group, by the surest comparisons."""
    known: dict[tuple[str, str], ClockLine] = {}
    for (one, other), seen in crossings.items():
        line = fitted(seen)
        if line is not None:
            known[one, other] = line
            known[other, one] = line.reversed()
    offsets: list[ClockOffset] = []
    reached: dict[str, tuple[str, ClockLine]] = {}
    for label in labels:
        if label in reached:
            continue
        reached[label] = (label, _AGREEING)
        while step := _next(known, reached, label):
            one, other = step
            line = known[step].behind(reached[one][1])
            reached[other] = (label, line)
            offsets.append(ClockOffset(other, label, line))
    return offsets


def _next(
    known: Mapping[tuple[str, str], ClockLine], reached: Mapping[str, tuple[str, ClockLine]], root: str
) -> tuple[str, str] | None:
    """Give the surest comparison that leads on from the group of *root*."""
    leading = (pair for pair in known if pair[1] not in reached and pair[0] in reached and reached[pair[0]][0] == root)
    return min(leading, key=lambda pair: (known[pair].uncertainty, pair), default=None)
