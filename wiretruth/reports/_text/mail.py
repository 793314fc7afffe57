"""The part on mail: which deliveries are told, which are only counted."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.report import Report
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, heading, line
from wiretruth.reports._text.story import story
from wiretruth.reports._text.style import QUIET
from wiretruth.reports._text.verdict import deliveries_words
from wiretruth.reports._words import count

STORIES: Final = 10
"""Stories told unless all are asked for: about three screens."""

ALIKE: Final = 3
"""Stories told of one kind (same hosts, same end, another domain) before those of other kinds."""

PRESSING: Final = [
    DeliveryOutcome.REJECTED,
    DeliveryOutcome.DEFERRED,
    DeliveryOutcome.UNKNOWN,
    DeliveryOutcome.ACCEPTED,
]
"""Which ends a reader wants to hear of first."""

Group = list[Delivery]
"""Deliveries that fared alike, in the order of time."""


def mail(report: Report, clock: Clock, *, in_full: bool) -> Iterator[Line]:
    """Tell the deliveries under a heading."""
    if report.deliveries:
        yield from heading("MAIL")
        yield from stories(report, clock, in_full=in_full)


def stories(report: Report, clock: Clock, *, in_full: bool) -> Iterator[Line]:
    """Tell the deliveries, those that findings name first of all; alike ones once, and at most :data:`STORIES`."""
    groups = [[d] for d in report.deliveries] if in_full else alike(report.deliveries)
    told = groups if in_full else chosen(groups, report.findings)
    for number, group in enumerate(told):
        if number:
            yield line("")
        yield from story(group[0], clock, in_full=in_full)
        yield from _repeats(group, clock)
    shown = {id(group) for group in told}
    rest = [delivery for group in groups if id(group) not in shown for delivery in group]
    if rest:
        yield line("")
        yield line((f"besides these, {deliveries_words(rest)}; -v tells all", QUIET))


def alike(deliveries: Iterable[Delivery]) -> list[Group]:
    """Group deliveries of one client to one domain that went the same way."""
    groups: dict[Hashable, Group] = {}
    for delivery in deliveries:
        groups.setdefault((delivery.domain, _kind(delivery)), []).append(delivery)
    return list(groups.values())


def chosen(groups: list[Group], findings: Iterable[Finding]) -> list[Group]:
    """Choose at most :data:`STORIES` groups: what findings name, then what failed; in the order they came in."""
    named = _named(findings)
    kinds: Counter[Hashable] = Counter()
    crowded = []
    for group in groups:
        kinds[kind := _kind(group[0])] += 1
        crowded.append(kinds[kind] > ALIKE)
    order = sorted(
        range(len(groups)),
        key=lambda i: (crowded[i], -_loudness(groups[i][0], named), PRESSING.index(groups[i][0].outcome)),
    )
    return [groups[i] for i in sorted(order[:STORIES])]


def _kind(delivery: Delivery) -> Hashable:
    tries = [
        (a.connection.server, a.connection.outcome, a.step, a.reply.code if a.reply else None)
        for a in delivery.attempts
    ]
    reply = delivery.reply.code if delivery.reply else None
    return (delivery.client, delivery.inbound, delivery.outcome, reply, tuple(tries))


def _named(findings: Iterable[Finding]) -> dict[tuple[str | None, str | None], int]:
    """Give the loudest severity for each pair of client and host that a finding names."""
    named: dict[tuple[str | None, str | None], int] = {}
    for finding in findings:
        for party in (finding.intended, finding.observed):
            if party is not None and finding.severity is not Severity.INFO:
                pair = (finding.client, party.address)
                named[pair] = max(named.get(pair, 0), finding.severity.rank)
    return named


def _loudness(delivery: Delivery, named: dict[tuple[str | None, str | None], int]) -> int:
    hosts = [a.connection.server.address for a in delivery.attempts]
    return max((named.get((delivery.client, address), 0) for address in hosts), default=0)


def _repeats(group: Group, clock: Clock) -> Iterator[Line]:
    starts = [a.at for delivery in group[1:] for a in delivery.attempts[:1]]
    if len(group) > 1:
        until = f", the last at {clock(max(starts))}" if starts else ""
        yield line(
            (f"and {count(len(group) - 1, 'more delivery', 'more deliveries')} like this{until}", QUIET), lead="  "
        )
