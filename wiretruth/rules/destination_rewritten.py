"""The connection reached another host or port than the one its application meant.

What it sees
    Two records of one connection that name different servers: a SYN and the SYN-ACK that acknowledges it from another
    address, the same handshake at two vantages, a connection tracking entry (``--conntrack``), the client's own socket
    (``--sockets``), or a line of its mail log that is tied to this very connection (``--log``; all *proven*).
    With ``--rules``, the rule that does it. Connections that one rule leads to one place are one finding.
    An ICMP error that quotes the SYN with another destination than it was sent to (info: whose rule it is stays open).
    Or the envelope's domain (before any envelope: the name looked up moments before) has mail hosts whose addresses this
    client was told, none of them was contacted, and a host that no answer names was (*likely*; *possible* where an
    innocent explanation has support in the packets).

Why it matters
    The mail server believes, and logs, that it spoke to the intended host. Mail goes to a stranger, or is refused by one,
    and no log on the server will ever say so.

Innocent explanations
    The address was chosen by the application itself: hosts file, transport map, smart host.
    It was resolved before the capture began, or over an encrypted or uncaptured channel.
    The answer that names it was lost to the capture.
    Static translation onto a private server, a load balancer, or a container's published port is how many sites run their
    own mail host, and NAT64 leads to the IPv4 address that stands in the IPv6 one; where a site hands on what was addressed to itself, it is reported as info.

What to do next
    On the sending host and on every gateway: ``iptables-save -t nat``, ``nft list ruleset``, ``conntrack -L -p tcp``.
    Look for DNAT and REDIRECT on port 25. Compare the mail log's relay with the address contacted.
    Capture on both sides of the gateway at once: one handshake at two places decides it.

References
    RFC 2663 (NAT terminology), RFC 3022, RFC 5321 section 5.1 (which host a sender must contact).
"""

from collections.abc import Iterator, Sequence

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import Connection
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Contact
from wiretruth.rules._firewall import NO_CAUSE, Cause, rewriting
from wiretruth.rules._groups import Group, listed, once
from wiretruth.rules._logged import declared_by_log
from wiretruth.rules._publishing import is_published, led_elsewhere
from wiretruth.rules._quotes import Quote, quoted_to_another
from wiretruth.rules._rewriting import MAIL_PORT, Suspicion, answered_by_another, proven_ends, suspect
from wiretruth.rules._telling import alike, answer_evidence, attempts_words, name_of, place, syn_evidence
from wiretruth.rules._tracked import Declared, declared_ends

CODE = "destination-rewritten"

MAX_MEANT = 16
"""Addresses of mail hosts for which rules are asked: the largest sites name a dozen."""

RULES_NAME_IT = ("the firewall rules of the host that does it (iptables-save, nft list ruleset): they name the rule",)

SETTLED_BY = (
    "the mail log of the sending host (its relay= against the address contacted)",
    "the firewall rules of the sending host and of the gateway (iptables-save, nft list ruleset)",
    "the connection tracking table (conntrack -L) while the connection is alive",
    "a second capture, beyond the gateway or on the sending host with -i any",
)


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the contacted server against the one that was meant."""
    ends = proven_ends(statement)
    declared = declared_ends(statement, ledger) if ledger.translations or ledger.sockets else None
    declared = declared or declared_by_log(statement, ledger)
    if ends is not None:
        group = ledger.contacts.alike(led_elsewhere, led_elsewhere(statement))
        if group[0] is statement:
            yield _proven(Group(group), *ends, ledger, declared)
        return
    if declared is not None:
        alike_led = _declared_alike(statement, declared, ledger)
        if alike_led[0] is statement:
            yield _proven(Group(alike_led), declared.intended, declared.observed, ledger, declared)
        return
    astray = answered_by_another(statement)
    if astray is not None:
        if alike(statement, ledger)[0] is statement:
            yield _answered(statement, astray, ledger)
        return
    quote = quoted_to_another(statement)
    if quote is not None:
        yield _quoted(statement, quote, ledger)
        return
    suspicion = suspect(statement, ledger)
    if suspicion is not None and ledger.logs.chosen(statement.connection) is None:
        yield _inferred(statement, suspicion, ledger)


def _proven(
    group: Group, intended: Endpoint, observed: Endpoint, ledger: Ledger, declared: Declared | None = None
) -> Finding:
    contact = group.contacts[0]
    connection = contact.connection
    client = connection.client.address
    domains = once(i.domain for c in group.contacts for i in ledger.intentions.of(c))
    name = name_of(ledger, client, intended.address, contact.at)
    told = ledger.names.telling(intended.address, client, contact.at)[-1:]
    subject = f"mail for {listed(domains)}" if domains else "a mail connection"
    published = is_published(contact, intended, observed, ledger)
    cause = rewriting(ledger, connection.nearest, intended, observed)
    said = (declared.witness,) if declared else ()
    return Finding(
        code=CODE,
        severity=Severity.INFO if published else Severity.CRITICAL,
        confidence=Confidence.PROVEN,
        summary=f"{subject} was meant for {_meant(group, intended, name)} and went to {observed}"
        + cause.by
        + group.extent(),
        at=contact.at,
        client=client,
        intended=Party(intended.address, intended.port, name, (*(("dns",) if name else ()), *(said or ("wire",)))),
        observed=Party(observed.address, observed.port, None, _seen_by(connection, observed) or said),
        blame=Blame(Side.UNKNOWN, None, None) if published else Blame(Side.SENDER, temporary=False, mail_safe=False),
        evidence=(
            *answer_evidence(told),
            *_records(contact),
            *((declared.evidence,) if declared else ()),
            *cause.evidence,
            *group.evidence(),
        ),
        settled_by=() if cause.evidence else RULES_NAME_IT,
        others=group.others,
    )


def _answered(contact: Contact, sighting: Sighting, ledger: Ledger) -> Finding:
    """The way there is translated and the way back is not: the answer comes past whoever translates."""
    name = name_of(ledger, contact.connection.client.address, sighting.server.address, contact.at)
    source = sighting.reply_source or sighting.server
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.PROVEN,
        summary=f"the SYN to {place(sighting.server, name)} was answered by {source}, which {sighting.client.address} never asked: "
        f"no connection comes about{attempts_words(alike(contact, ledger))}",
        at=contact.at,
        client=contact.connection.client.address,
        intended=Party(sighting.server.address, sighting.server.port, name, (*(("dns",) if name else ()), "wire")),
        observed=Party(source.address, source.port, None, ("wire",)),
        blame=Blame(Side.UNKNOWN, temporary=False, mail_safe=True),
        evidence=(
            syn_evidence(sighting, f"SYN {sighting.client} to {sighting.server}"),
            Evidence(
                f"the answer that acknowledges it comes from {source}",
                sighting.vantage,
                tuple(mark.frame for mark in sighting.syn_acks[:1]) or tuple(r.frame for r in sighting.resets[:1]),
            ),
        ),
        still_possible=(
            f"{sighting.server.address} and {source.address} are one host, which answers from the wrong address",
            "a gateway translates the way there (DNAT), and the answer goes past it",
        ),
        settled_by=(f"the routes of {source.address}: does its answer go back through the gateway?",),
    )


def _quoted(contact: Contact, quote: Quote, ledger: Ledger) -> Finding:
    """Who rewrites it, and on whose behalf, the quotation does not tell: a load balancer of the server's does the same."""
    sent, quoted = quote.sighting, quote.rejection
    name = name_of(ledger, contact.connection.client.address, sent.server.address, contact.at)
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"the SYN to {place(sent.server, name)} was addressed to {quoted.quoted_destination} "
        f"when it came to {quoted.sender}",
        at=contact.at,
        client=contact.connection.client.address,
        intended=Party(sent.server.address, sent.server.port, name, ("wire",)),
        observed=Party(quoted.quoted_destination.address, quoted.quoted_destination.port, None, ("icmp",)),
        evidence=tuple(quote.evidence()),
        still_possible=("the site that was addressed leads its own mail on (static NAT, load balancer)",),
        settled_by=(f"the firewall rules of the hosts before {quoted.sender}",),
    )


def _declared_alike(contact: Contact, declared: Declared, ledger: Ledger) -> Sequence[Contact]:
    """Give the contacts of which connection tracking says the same; what else declares, declares one connection."""
    leading = ledger.translations.leading
    led = leading(contact) if declared.witness == "conntrack" else None
    return ledger.contacts.alike(leading, led) if led is not None else [contact]


def _meant(group: Group, intended: Endpoint, name: str | None) -> str:
    """Say the one server that was meant, or several: one rule may lead many of them to one place."""
    meant = once(str(ends[0]) for c in group.contacts if (ends := proven_ends(c)) is not None)
    return listed(meant) if len(meant) > 1 else place(intended, name)


def _seen_by(connection: Connection, observed: Endpoint) -> tuple[str, ...]:
    return ("wire",) if any(observed in (s.server, s.reply_source) for s in connection.sightings) else ()


def _records(contact: Contact) -> Iterator[Evidence]:
    for sighting in contact.connection.sightings:
        yield syn_evidence(sighting, f"SYN {sighting.client} to {sighting.server}")
        if sighting.reply_source is not None and sighting.syn_acks:
            text = f"the SYN-ACK that acknowledges it comes from {sighting.reply_source}"
            yield Evidence(text, sighting.vantage, (sighting.syn_acks[0].frame,))


def _inferred(contact: Contact, suspicion: Suspicion, ledger: Ledger) -> Finding:
    connection, intention = contact.connection, suspicion.intention
    cause = _declared_rule(contact, suspicion, ledger)
    doubts = () if cause.named else suspicion.doubts
    host = next(h for h in intention.hosts.hosts if h.addresses)
    meant = Endpoint(host.addresses[0], MAIL_PORT)
    return Finding(
        code=CODE,
        severity=Severity.INFO if doubts else Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"mail for {intention.domain}: the resolver said {host.name} is {', '.join(host.addresses)} "
            f"and the host contacted {connection.server} instead"
            f"{f', as {cause.named} wants it' if cause.named else ''}"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=Party(
            meant.address, meant.port, host.name, ("dns", "envelope") if intention.from_envelope else ("dns",)
        ),
        observed=Party(connection.server.address, connection.server.port, _greeting(contact), ("wire",)),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=False) if not doubts else Blame(Side.UNKNOWN, None, None),
        evidence=(
            *answer_evidence(intention.hosts.told),
            *_envelope(contact, suspicion),
            syn_evidence(connection.nearest, _syn_words(contact, suspicion)),
            *_banner(contact),
            *cause.evidence,
        ),
        still_possible=()
        if cause.named
        else (
            *doubts,
            f"the application chose {connection.server.address} itself (hosts file, transport map, smart host)",
            f"an answer naming {connection.server.address} was cached before the capture began, or came by a way not captured",
        ),
        settled_by=SETTLED_BY,
    )


def _declared_rule(contact: Contact, suspicion: Suspicion, ledger: Ledger) -> Cause:
    """Ask the rules for each host that may have been meant; the rule that leads from one of them to here counts."""
    sighting = contact.connection.nearest
    addresses = [address for host in suspicion.intention.hosts.hosts for address in host.addresses]
    causes = [rewriting(ledger, sighting, Endpoint(a, MAIL_PORT), sighting.server) for a in addresses[:MAX_MEANT]]
    return min(causes, key=lambda cause: (not cause.named, not cause.found), default=NO_CAUSE)


def _syn_words(contact: Contact, suspicion: Suspicion) -> str:
    gap = duration(contact.at - suspicion.intention.looked_up)
    return f"SYN to {contact.connection.server}, {gap} after the answer; none to {_addresses(suspicion)}"


def _addresses(suspicion: Suspicion) -> str:
    return ", ".join(sorted(suspicion.intention.hosts.addresses))


def _envelope(contact: Contact, suspicion: Suspicion) -> Iterator[Evidence]:
    dialogue = contact.connection.dialogue
    if dialogue is None:
        return
    for transaction in dialogue.transactions:
        for path in transaction.forward_paths:
            if path.mailbox in suspicion.intention.recipients[:1]:
                yield Evidence(f"envelope: RCPT TO:<{path.mailbox}>", dialogue.vantage, (path.frame,))
                return


def _greeting(contact: Contact) -> str | None:
    dialogue = contact.connection.dialogue
    return dialogue.greeting_name if dialogue else None


def _banner(contact: Contact) -> Iterator[Evidence]:
    dialogue = contact.connection.dialogue
    if dialogue is not None and dialogue.greeting is not None and dialogue.greeting.lines:
        text = f"the host greets as: {dialogue.greeting.code} {dialogue.greeting.lines[0]}"
        yield Evidence(text, dialogue.vantage, (dialogue.greeting.frame,))
