"""The same connection carries another source address or port at another vantage (SNAT, MASQUERADE).

What it sees
    One handshake, known by both initial sequence numbers, at two vantages with different client endpoints (all connections
    that leave as one address are one finding); an ICMP error that quotes the SYN with another source; or a
    connection tracking entry (``--conntrack``) whose answers go to another address than the connection came from.

Why it matters
    Usually nothing is wrong: that is how private networks reach the world. It matters when the receiving side's log or
    policy looks at the client's address: what it sees is the gateway's.

Innocent explanations
    Ordinary address translation at a gateway.

What to do next
    Nothing; or check that the address it leaves with has a matching PTR record and stands in the SPF record.

References
    RFC 2663, RFC 3022 (NAPT).
"""

from collections.abc import Hashable, Iterator
from itertools import pairwise

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Contact
from wiretruth.rules._firewall import source_rewriting
from wiretruth.rules._groups import Group, listed, once, span
from wiretruth.rules._quotes import Quote, quoted_from_another
from wiretruth.rules._telling import place, syn_evidence
from wiretruth.rules._tracked import declared_source, entry_evidence

CODE = "source-rewritten"


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first connection of each address that connections leave as."""
    pair = rewritten_source(statement) if len(statement.connection.sightings) > 1 else None
    if pair is None:
        if ledger.translations:
            yield from _declared(statement, ledger)
        quote = quoted_from_another(statement)
        if quote is not None:
            yield _quoted(statement, quote)
        return
    group = Group(ledger.contacts.alike(_leaving, _leaving(statement)))
    if group.contacts[0] is not statement:
        return
    inside, outside = pair
    cause = source_rewriting(ledger, inside, outside.client)
    servers = once(place(c.connection.server) for c in group.contacts)
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"connections of {span(group.clients)} to {listed(servers)} leave as {outside.client.address}"
        + cause.by
        + group.extent(),
        at=statement.at,
        client=inside.client.address,
        intended=Party(inside.client.address, inside.client.port, None, ("wire",)),
        observed=Party(outside.client.address, outside.client.port, None, ("wire",)),
        blame=Blame(Side.UNKNOWN, None, None),
        evidence=(
            syn_evidence(inside, f"SYN from {inside.client} to {inside.server}"),
            syn_evidence(outside, f"the same SYN from {outside.client}"),
            *cause.evidence,
            *group.evidence(),
        ),
        others=group.others,
    )


def _quoted(contact: Contact, quote: Quote) -> Finding:
    sent, quoted = quote.sighting, quote.rejection
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"the SYN of {sent.client} to {sent.server} came from {quoted.quoted_source} when it came to {quoted.sender}",
        at=contact.at,
        client=sent.client.address,
        intended=Party(sent.client.address, sent.client.port, None, ("wire",)),
        observed=Party(quoted.quoted_source.address, quoted.quoted_source.port, None, ("icmp",)),
        blame=Blame(Side.UNKNOWN, None, None),
        evidence=tuple(quote.evidence()),
    )


def _declared(contact: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first connection that an entry of connection tracking says leaves as another address."""
    leaving = ledger.translations.leaving
    pair, entry = leaving(contact), declared_source(contact, ledger)
    if entry is None or pair is None or ledger.contacts.alike(leaving, pair)[0] is not contact:
        return
    sighting = contact.connection.nearest
    cause = source_rewriting(ledger, sighting, entry.leaves_as)
    source = entry.original.source
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"connections of {source.address} to {place(entry.original.destination)} leave as {entry.leaves_as.address}"
        + cause.by,
        at=contact.at,
        client=source.address,
        intended=Party(source.address, source.port, None, ("conntrack",)),
        observed=Party(entry.leaves_as.address, entry.leaves_as.port, None, ("conntrack",)),
        blame=Blame(Side.UNKNOWN, None, None),
        evidence=(
            syn_evidence(sighting, f"SYN from {sighting.client} to {sighting.server}"),
            entry_evidence(entry),
            *cause.evidence,
        ),
    )


def rewritten_source(contact: Contact) -> tuple[Sighting, Sighting] | None:
    """Give the first two sightings along the path whose client endpoints differ."""
    sightings = contact.connection.sightings
    for one, other in pairwise(sightings):
        if one.client != other.client:
            return one, other
    return None


def _leaving(contact: Contact) -> Hashable:
    """Give where which address is given to connections: what one rule of a gateway does."""
    pair = rewritten_source(contact)
    return (pair[0].vantage, pair[1].vantage, pair[1].client.address) if pair else None
