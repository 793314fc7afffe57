"""A DNS query left for one resolver, and reached, or was answered by, another.

What it sees
    One query, known by its id and question, at two vantages with different resolvers (*proven*); or an answer with the
    query's id and question that came from another address than was asked.

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
from wiretruth.rules._trouble import IrregularResolution

CODE = "resolver-rewritten"


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Report the first query of a client that reached another resolver than it was sent to."""
    other = other_resolver(statement)
    if other is None:
        return
    answered = statement.lookup.nearest.reply_source is not None
    if ledger.names.alike(_led_astray, _led_astray(statement))[0] is not statement:
        return
    lookup = statement.lookup.nearest
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
        evidence=tuple(
            Evidence(f"query {x.id} for {statement.name}: {x.client} asks {x.resolver}", x.vantage, x.frames)
            for x in statement.lookup.sightings
        ),
    )


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
