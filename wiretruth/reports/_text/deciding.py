"""What a server looked up while it decided on mail that came in: what failed or was slow in full, the rest on one line."""

from collections.abc import Iterable, Iterator
from typing import Final

from wiretruth.model.delivery import Attempt, Delivery
from wiretruth.model.dns import Lookup
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.purposes import Purpose, purpose_of
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
    if in_full:
        yield from (Moment(x.at, [*_pieces([x]), (f" (frames {', '.join(map(str, x.frames))})", QUIET)]) for x in asked)
        return
    groups = _alike(x for x in asked if _is_telling(x))
    yield from (Moment(group[0].at, _pieces(group)) for group in groups[:FAILED])
    if len(groups) > FAILED:
        more = sum(map(len, groups[FAILED:]))
        yield Moment(groups[FAILED][0].at, [(f"and {count(more, 'more such lookup')}", QUIET)])
    rest = [x for x in asked if not _is_telling(x)]
    if rest:
        yield Moment(rest[0].at, [(f"looked up meanwhile: {_purposes(rest)}", QUIET)])


def _is_telling(lookup: Lookup) -> bool:
    if lookup.rcode not in _ANSWERED or (lookup.latency or 0) >= SLOW:
        return True
    return bool(lookup.answers) and purpose_of(lookup.question).purpose is Purpose.BLOCK_LIST


def _alike(lookups: Iterable[Lookup]) -> list[list[Lookup]]:
    """Put together what was asked about one thing and ended in one way."""
    groups: dict[tuple[str, str, str], list[Lookup]] = {}
    for lookup in lookups:
        key = (lookup.resolver.address, purpose_of(lookup.question).subject, _said(lookup))
        groups.setdefault(key, []).append(lookup)
    return list(groups.values())


def _pieces(group: list[Lookup]) -> list[Piece]:
    first = group[0]
    words = purpose_of(first.question).words
    if len(group) > 1:
        types = ", ".join(dict.fromkeys(x.question.type for x in group))
        words = f"{purpose_of(first.question).subject} ({count(len(group), 'lookup')}: {types})"
    link = "" if words.startswith("whether") else "for "
    style = "" if first.rcode in _ANSWERED else BAD
    return [f"asked {first.resolver.address} {link}{words}: ", (_said(first), style), _took(group)]


def _said(lookup: Lookup) -> str:
    if lookup.rcode in _ANSWERED:
        return ", ".join(r.data for r in lookup.answers) or "nothing"
    if lookup.rcode is not None:
        return lookup.rcode
    return f"ICMP error from {lookup.rejections[0].sender}" if lookup.rejections else "no answer"


def _took(group: list[Lookup]) -> str:
    """Say how long it went on, where that is worth a word."""
    waited = max(x.waited_until for x in group) - group[0].at
    if waited < SLOW:
        return ""
    return f" {'in' if group[0].rcode is None else 'after'} {duration(waited)}"


def _purposes(lookups: list[Lookup]) -> str:
    words = list(dict.fromkeys(purpose_of(x.question).words for x in lookups))
    more = f" and {count(len(words) - NAMED, 'more thing')}" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more
