"""How the clock of a log stands to that of the capture: its time zone, where no line says it, and its error."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median_low

from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.ledger.sayings import Sayings, agrees, plain
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, LogClock, LoggedDelivery

QUARTER = 900
"""Seconds: every time zone in use is a whole number of quarter hours away from UTC."""

ZONES = tuple(
    QUARTER * quarters
    for quarters in sorted(
        {*range(-48, 57, 4), -38, -14, -10, 14, 18, 22, 23, 26, 35, 38, 42, 51, 55, 50}, key=lambda q: (abs(q), q)
    )
)
"""Seconds east of UTC of the zones in use (tz database 2024), the nearest to UTC first."""

NEAR = 120 * NANOSECONDS
"""An event of the capture speaks for a zone when its time is this near to the line's: clocks are seldom more wrong."""

SAMPLE = 1_000
"""Claims that a clock is read from, evenly over the log: more would not make the median any better."""

Moments = Callable[[Claim], Iterable[Sequence[int]]]
"""Gives sorted times of events on the wire that a claim may speak of, the most telling first."""


def read_clock(claims: Sequence[Claim], sayings: Sayings, moments: Moments) -> LogClock:
    """Tell how the clock of one log stands to that of the capture.

    Queue ids in replies decide; where there are none, the zone for which most lines have something on the wire at their
    time. A constant error is taken as one: no drift, no change to or from summer time inside a log without zones.

    Args:
        claims: of one log and one host.
        sayings: on the wire.
        moments: weaker ties.
    """
    sample = claims[:: max(len(claims) // SAMPLE, 1)]
    zoned = all(claim.line.time.zoned for claim in sample)
    errors = [error for claim in sample for error in _by_queue_id(claim, sayings)]
    if errors:
        middle = median_low(errors)
        zone = 0 if zoned else _nearest_zone(middle)
        offset = middle - zone * NANOSECONDS
        return LogClock(None if zoned else zone, False, offset, _grain(sample), len(errors))
    return _by_votes(sample, sayings, moments, (0,) if zoned else ZONES, zoned=zoned)


def _by_votes(
    sample: Sequence[Claim], sayings: Sayings, moments: Moments, zones: Sequence[int], *, zoned: bool
) -> LogClock:
    best, votes = 0, 0
    for zone in zones:
        count = sum(1 for claim in sample if _fits(claim, zone, moments))
        if count > votes:
            best, votes = zone, count
    errors = [error for claim in sample for error in _by_recipient(claim, best, sayings)]
    offset = median_low(errors) if errors else None
    return LogClock(None if zoned else best, not votes and not zoned, offset, _grain(sample), len(errors))


def _grain(sample: Sequence[Claim]) -> int:
    return max((claim.line.time.grain for claim in sample), default=0)


def _by_queue_id(claim: Claim, sayings: Sayings) -> Iterator[int]:
    """Give the error of the clock from a reply that holds a queue id, if it was given once only."""
    text = _unique_text(claim)
    found = sayings.with_word(text, BEGINNING, END_OF_TIME) if text else []
    moments = {saying.at for saying in found}
    if len(moments) == 1:
        yield _middle(claim) - moments.pop()


def _unique_text(claim: Claim) -> str | None:
    return claim.reply if isinstance(claim, LoggedDelivery) else claim.queue_id


def _by_recipient(claim: Claim, zone: int, sayings: Sayings) -> Iterator[int]:
    if claim.reply is None or claim.recipient is None:
        return
    at, text = _middle(claim) - zone * NANOSECONDS, plain(claim.reply)
    near = [s for s in sayings.to(claim.recipient, at - NEAR, at + NEAR) if agrees(text, s.reply)]
    if near:
        yield min((at - saying.at for saying in near), key=abs)


def _fits(claim: Claim, zone: int, moments: Moments) -> bool:
    at = claim.line.time.at - zone * NANOSECONDS
    for times in moments(claim):
        place = bisect_left(times, at - NEAR)
        if place < len(times) and times[place] <= at + NEAR:
            return True
    return False


def _middle(claim: Claim) -> int:
    """A line that says 18:29:43 was written at half past that second, on average."""
    return claim.line.time.at + claim.line.time.grain // 2


def _nearest_zone(nanoseconds: int) -> int:
    nearest: int = min(ZONES, key=lambda zone: abs(nanoseconds - zone * NANOSECONDS))
    return nearest
