"""What a judgement leaves behind for those who watch: small values, of each record once it is over."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wiretruth.engine.watching import answers
from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Attempt, Delivery
from wiretruth.model.dns import Lookup
from wiretruth.model.finding import Finding
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.report import Report
from wiretruth.model.sighting import Outcome

REST = 35 * NANOSECONDS
"""What did not change for so long is over: a lookup is given up after 30 s."""

_TEMPORARY = 400

MAX_SHOWN = 200
"""Deliveries under way that are shown."""


class AttemptRow(NamedTuple):
    """One connection of a delivery."""

    at: int
    server: str
    step: str
    reply: str
    """The server's last word, on one line; empty where there is none."""
    code: int | None


class DeliveryRow(NamedTuple):
    """One client's mail for one domain."""

    at: int
    """Of the first attempt: with client and domain, it names the delivery."""
    last: int
    """When something was last seen of it."""
    client: str
    domain: str
    recipients: tuple[str, ...]
    outcome: str
    reply: str
    inbound: bool
    attempts: tuple[AttemptRow, ...]


class ConnectionRow(NamedTuple):
    """One mail connection."""

    id: str
    at: int
    last: int
    client: str
    server: str
    reached: str
    """Who was really contacted, as far as seen."""
    outcome: str
    code: int | None
    """Of the first reply in its dialogue that deferred or rejected something."""


class ResolverRow(NamedTuple):
    """What one resolver was asked since the last time."""

    resolver: str
    lookups: int
    failed: int
    """Unanswered, refused, or answered with an error other than that the name does not exist."""
    unanswered: int
    latency: int
    """Nanoseconds, of all answered ones together."""
    answered: int


class Harvest(NamedTuple):
    """What one judgement gave."""

    now: int
    until: int
    """What was over by then is counted; the next harvest goes on from here."""
    findings: tuple[Finding, ...]
    under_way: tuple[DeliveryRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    """Those of which something was seen since the last harvest."""
    connections: tuple[ConnectionRow, ...]
    """Those that ended since."""
    resolvers: tuple[ResolverRow, ...]
    answers: tuple[Lookup, ...]
    limits: tuple[str, ...]
    evicted: tuple[tuple[str, int], ...]


def harvest(report: Report, now: int, after: int) -> Harvest:
    """Take from a report what is new.

    Args:
        report: of everything in the window.
        now: the moment up to which was watched.
        after: the ``until`` of the last harvest.
    """
    until = max(now - REST, after)
    rows = [_delivery(delivery) for delivery in report.deliveries if delivery.attempts]
    recent = [lookup.nearest for lookup in report.lookups if after < lookup.nearest.at <= until]
    return Harvest(
        now=now,
        until=until,
        findings=report.findings,
        under_way=tuple(row for row in rows if row.last > now - REST)[-MAX_SHOWN:],
        deliveries=tuple(row for row in rows if row.last > after),
        connections=tuple(_connection(c) for c in report.connections if after < _last(c) <= until),
        resolvers=tuple(_resolvers(recent)),
        answers=tuple(lookup for lookup in answers(report) if lookup.at > after),
        limits=report.coverage.limits,
        evicted=report.coverage.evicted,
    )


def _delivery(delivery: Delivery) -> DeliveryRow:
    return DeliveryRow(
        at=delivery.attempts[0].at,
        last=max(_last(attempt.connection) for attempt in delivery.attempts),
        client=delivery.client,
        domain=delivery.domain,
        recipients=delivery.recipients,
        outcome=str(delivery.outcome),
        reply=" ".join(delivery.reply.lines) if delivery.reply else "",
        inbound=delivery.inbound,
        attempts=tuple(map(_attempt, delivery.attempts)),
    )


def _attempt(attempt: Attempt) -> AttemptRow:
    reply = attempt.reply
    words = " ".join(reply.lines) if reply else ""
    return AttemptRow(
        attempt.at, str(attempt.connection.contacted), str(attempt.step), words, reply.code if reply else None
    )


def _connection(connection: Connection) -> ConnectionRow:
    dialogue = connection.dialogue
    codes = (e.reply.code for e in dialogue.exchanges if e.reply is not None) if dialogue is not None else ()
    return ConnectionRow(
        id=connection.id,
        at=connection.at,
        last=_last(connection),
        client=str(connection.client),
        server=str(connection.server),
        reached=str(connection.contacted),
        outcome=str(connection.outcome),
        code=next((code for code in codes if code >= _TEMPORARY), None),
    )


def _last(connection: Connection) -> int:
    return max(sighting.last.at for sighting in connection.sightings)


def _resolvers(lookups: Iterable[Lookup]) -> Iterator[ResolverRow]:
    by_resolver: dict[str, list[Lookup]] = {}
    for lookup in lookups:
        by_resolver.setdefault(lookup.resolver.address, []).append(lookup)
    for resolver, asked in by_resolver.items():
        waited = [lookup.latency for lookup in asked if lookup.latency is not None]
        failed = sum(lookup.rcode not in ("NOERROR", "NXDOMAIN") for lookup in asked)
        silent = sum(lookup.rcode is None for lookup in asked)
        yield ResolverRow(resolver, len(asked), failed, silent, sum(waited), len(waited))


def failed(row: ConnectionRow) -> bool:
    """Tell whether a connection did not come about, or was broken off."""
    return row.outcome not in (Outcome.ESTABLISHED, Outcome.MIDSTREAM)
