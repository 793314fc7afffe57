"""A DNS query left for one resolver, and reached, or was answered by, another.

What it sees
    One query, known by its id and question, at two vantages with different resolvers (*proven*); or an answer with the
    query's id and question that came from another address than was asked; or a connection tracking entry
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

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.dns import Lookup
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Resolution
from wiretruth.rules._firewall import resolver_rewriting
from wiretruth.rules._tracked import Declared, declared_resolver
from wiretruth.rules._trouble import irregular

CODE = "resolver-rewritten"


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Report the first query of a client that reached another resolver than it was sent to."""
    if not ledger.translations and not irregular(statement):
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
        + (f", by {cause.named}" if cause.named else ""),
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
