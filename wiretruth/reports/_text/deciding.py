"""What a server looked up while it decided on mail that came in: what failed or was slow in full, the rest on one line."""

from collections.abc import Iterator
from typing import Final

from wiretruth.model.delivery import Attempt, Delivery
from wiretruth.model.dns import Lookup
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.purposes import purpose_of
from wiretruth.reports._text.moment import Moment
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.style import BAD, QUIET
from wiretruth.reports._words import count

SLOW: Final = NANOSECONDS
"""An answer that took as long is told: the caller waited for it."""
NAMED: Final = 6
"""Purposes named of the lookups that went well; the rest is counted."""
FAILED: Final = 6
"""Failed lookups told of one attempt; the rest is counted."""

_ANSWERED = ("NOERROR", "NXDOMAIN")


def deciding_moments(delivery: Delivery, attempt: Attempt, *, in_full: bool) -> Iterator[Moment]:
    """Tell what was looked up during one attempt.

    Args:
        delivery: that came in.
        attempt: one of its own.
        in_full: each lookup, with its frames.
    """
    end = attempt.connection.nearest.last.at
    asked = [tied.nearest for tied in delivery.deciding if attempt.at <= tied.nearest.at <= end]
    told = asked if in_full else [x for x in asked if _is_telling(x)]
    for lookup in told if in_full else told[:FAILED]:
        frames: list[Piece] = [(f" (frames {', '.join(map(str, lookup.frames))})", QUIET)] if in_full else []
        yield Moment(lookup.at, [*_pieces(lookup), *frames])
    if len(told) > FAILED and not in_full:
        yield Moment(told[FAILED].at, [(f"and {count(len(told) - FAILED, 'more such lookup')}", QUIET)])
    rest = [] if in_full else [x for x in asked if not _is_telling(x)]
    if rest:
        yield Moment(rest[0].at, [(f"looked up meanwhile: {_purposes(rest)}", QUIET)])


def _is_telling(lookup: Lookup) -> bool:
    return lookup.rcode not in _ANSWERED or (lookup.latency or 0) >= SLOW


def _pieces(lookup: Lookup) -> list[Piece]:
    took = f" (after {duration(lookup.latency)})" if lookup.latency is not None and lookup.latency >= SLOW else ""
    answered = lookup.rcode in _ANSWERED
    said = ", ".join(r.data for r in lookup.answers) or ("nothing" if answered else lookup.rcode or _silence(lookup))
    asked = purpose_of(lookup.question).words
    return [f"{lookup.resolver.address} on {asked}: ", (said, "" if answered else BAD), took]


def _silence(lookup: Lookup) -> str:
    if lookup.rejections:
        return f"ICMP error from {lookup.rejections[0].sender}"
    times = f", asked {lookup.query_count} times" if lookup.query_count > 1 else ""
    return f"no answer in {duration(lookup.waited_until - lookup.at)}{times}"


def _purposes(lookups: list[Lookup]) -> str:
    words = list(dict.fromkeys(purpose_of(x.question).words for x in lookups))
    more = f" and {count(len(words) - NAMED, 'more thing')}" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more
