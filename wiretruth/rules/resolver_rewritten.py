"""A DNS query left for one resolver, and reached, or was answered by, another.

What it sees
    One query, known by its id and question, at two vantages with different resolvers (*proven*); or an answer with the
    query's id and question that came from another address than was asked; or an answer to a query that never reached the
    next vantage, where somebody else asked that very resolver the same question meanwhile (*likely*); or a connection tracking entry
    (``--conntrack``) of the query that names two resolvers.

Why it matters
    Somebody else decides what the mail server believes about names.

Innocent explanations
    A site that leads all DNS to its own resolver on purpose. (A forwarder that asks on with the id it was asked with is
    not reported: its query comes from its own address and port.) A resolver with several addresses that answers from the
    wrong one (the client then throws the answer away).

What to do next
    Look for DNAT and REDIRECT on port 53 on the gateway. Ask both resolvers, and compare.

References
    RFC 5452 section 9.1 (answers must come from where the query went), RFC 2663.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator
from itertools import islice
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.model.dns import Lookup
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Resolution
from wiretruth.rules._crossing import next_vantage
from wiretruth.rules._firewall import answering, resolver_rewriting
from wiretruth.rules._tracked import Declared, declared_resolver
from wiretruth.rules._trouble import irregular

CODE = "resolver-rewritten"

LEAST: Final = 2
"""Lookups that must have gone so: once, another host may have asked the same at the same moment."""

FIRST: Final = 16
"""Lookups of one client looked at for one that was answered on its way: where one is, all are, but for what was cached."""


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Report the first query of a client that reached another resolver than it was sent to."""
    if not ledger.translations and not irregular(statement):
        if ledger.paths:
            yield from _answered_on_the_way(statement, ledger)
        return
    other, declared = other_resolver(statement), declared_resolver(statement.lookup, ledger)
    if other is None:
        if declared is not None:
            yield from _declared(statement, declared, ledger)
        return
    answered = statement.lookup.nearest.reply_source is not None
    if ledger.names.alike(_led_astray, _led_astray(statement))[0] is not statement:
        return
    lookup = statement.lookup.nearest
    cause = resolver_rewriting(ledger, lookup.client, lookup.resolver, other)
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.PROVEN,
        summary=(
            f"{statement.client} asked {statement.resolver} for names and {other.address} "
            f"{'answered' if answered else 'was reached'} instead"
        ),
        at=lookup.at,
        client=statement.client,
        intended=Party(statement.resolver, lookup.resolver.port, None, ("wire",)),
        observed=Party(other.address, other.port, None, ("wire",)),
        blame=Blame(Side.SENDER_RESOLVER, temporary=False, mail_safe=None),
        evidence=(
            *_queries(statement),
            *((declared.evidence,) if declared else ()),
            *cause.evidence,
        ),
    )


def _answered_on_the_way(resolution: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Report the first lookup that somebody answered between two vantages, in the name of a resolver beyond them."""
    group = islice(ledger.names.alike(_answered_once, _answered_once(resolution)), FIRST)
    found = ((each, asked) for each in group if (asked := asked_on(each, ledger)) is not None)
    several = list(islice(found, LEAST))
    if len(several) < LEAST or several[0][0] is not resolution:
        return
    onward = several[0][1]
    lookup, other = resolution.lookup.nearest, onward.lookup.nearest
    cause = answering(ledger, lookup.client, lookup.resolver)
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{resolution.client} asked {resolution.resolver} for names, and somebody between {lookup.vantage} and "
            f"{other.vantage} answered instead: the query never went on, and {other.client.address} asked for it"
        )
        + cause.by,
        at=lookup.at,
        client=resolution.client,
        intended=Party(resolution.resolver, lookup.resolver.port, None, ("wire",)),
        observed=Party(other.client.address, None, None, ("wire",)),
        blame=Blame(Side.SENDER_RESOLVER, temporary=False, mail_safe=None),
        evidence=(*_queries(resolution), *_queries(onward), *cause.evidence),
        still_possible=("the query took another way out than the other packets of this client",),
        settled_by=("the rules of the host between (REDIRECT, DNAT on port 53), and who listens there",),
    )


def asked_on(resolution: Resolution, ledger: Ledger) -> Resolution | None:
    """Give the lookup with which somebody else asked the same resolver meanwhile, at the vantage that should have come next."""
    lookup = resolution.lookup.nearest
    if len(resolution.lookup.sightings) > 1 or lookup.response is None:
        return None
    missed = next_vantage(ledger, lookup.vantage, (lookup.client.address, lookup.resolver.address), lookup.at)
    if missed is None or ledger.visibility.loss_explains(missed, LEAST):
        return None
    start, end = (ledger.clocks.between(lookup.vantage, missed, at) for at in (lookup.at, lookup.response.at))
    same = ledger.names.alike(_question, _question(resolution))
    for other in islice(same, bisect_left(same, start, key=_moment), None):
        if other.at > end:
            return None
        asked = other.lookup.nearest
        if asked.vantage == missed and asked.client.address != lookup.client.address and asked.at >= start:
            return other
    return None


def _answered_once(resolution: Resolution) -> Hashable:
    lookup = resolution.lookup.nearest
    single = len(resolution.lookup.sightings) == 1 and lookup.response is not None
    return (resolution.client, resolution.resolver, lookup.vantage) if single else None


def _question(resolution: Resolution) -> Hashable:
    return resolution.name, resolution.type, resolution.resolver


def _moment(resolution: Resolution) -> int:
    return resolution.at


def _declared(resolution: Resolution, declared: Declared, ledger: Ledger) -> Iterator[Finding]:
    """Report the first lookup that an entry of connection tracking says went to another resolver."""
    intended, observed = declared.intended, declared.observed
    astray = ledger.translations.led_astray
    if ledger.names.alike(astray, astray(resolution))[0] is not resolution:
        return
    lookup = resolution.lookup.nearest
    cause = resolver_rewriting(ledger, lookup.client, intended, observed)
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.PROVEN,
        summary=f"{resolution.client} asked {intended.address} for names and {observed.address} was reached instead"
        + cause.by,
        at=lookup.at,
        client=resolution.client,
        intended=Party(intended.address, intended.port, None, ("conntrack",)),
        observed=Party(observed.address, observed.port, None, ("conntrack",)),
        blame=Blame(Side.SENDER_RESOLVER, temporary=False, mail_safe=None),
        evidence=(*_queries(resolution), declared.evidence, *cause.evidence),
    )


def _queries(resolution: Resolution) -> Iterator[Evidence]:
    for x in resolution.lookup.sightings:
        yield Evidence(f"query {x.id} for {resolution.name}: {x.client} asks {x.resolver}", x.vantage, x.frames)


def _led_astray(resolution: Resolution) -> Hashable:
    return (resolution.client, resolution.resolver) if other_resolver(resolution) is not None else None


def other_resolver(resolution: Resolution) -> Endpoint | None:
    """Give who was reached, where that is not who was asked."""
    nearest = resolution.lookup.nearest
    for lookup in resolution.lookup.sightings:
        if lookup.reply_source is not None:
            return lookup.reply_source
        if lookup.resolver != nearest.resolver and _is_translated(lookup, nearest):
            return lookup.resolver
    return None


def _is_translated(lookup: Lookup, nearest: Lookup) -> bool:
    """The same packet, and not a forwarder's own query with the id that it was asked with: that comes from its own port."""
    return lookup.client.address == nearest.client.address or lookup.client.port == nearest.client.port
