"""The connection reached another host or port than the one its application meant.

What it sees
    Two records of one connection that name different servers: a SYN and the SYN-ACK that acknowledges it from another
    address, or the same handshake at two vantages (both *proven*).
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
    own mail host; where a site hands on what was addressed to itself, it is reported as info.

What to do next
    On the sending host and on every gateway: ``iptables-save -t nat``, ``nft list ruleset``, ``conntrack -L -p tcp``.
    Look for DNAT and REDIRECT on port 25. Compare the mail log's relay with the address contacted.
    Capture on both sides of the gateway at once: one handshake at two places decides it.

References
    RFC 2663 (NAT terminology), RFC 3022, RFC 5321 section 5.1 (which host a sender must contact).
"""

from collections.abc import Iterator
from ipaddress import ip_address

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Contact
from wiretruth.rules._networks import is_inside
from wiretruth.rules._rewriting import MAIL_PORT, Suspicion, proven_ends, suspect
from wiretruth.rules._telling import answer_evidence, name_of, place, syn_evidence

CODE = "destination-rewritten"

SETTLED_BY = (
    "the mail log of the sending host (its relay= against the address contacted)",
    "the firewall rules of the sending host and of the gateway (iptables-save, nft list ruleset)",
    "the connection tracking table (conntrack -L) while the connection is alive",
    "a second capture, beyond the gateway or on the sending host with -i any",
)


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the contacted server against the one that was meant."""
    ends = proven_ends(statement)
    if ends is not None:
        yield _proven(statement, *ends, ledger)
        return
    suspicion = suspect(statement, ledger)
    if suspicion is not None:
        yield _inferred(statement, suspicion)


def _proven(contact: Contact, intended: Endpoint, observed: Endpoint, ledger: Ledger) -> Finding:
    connection = contact.connection
    client = connection.client.address
    domains = [i.domain for i in ledger.intentions.of(contact)]
    name = name_of(ledger, client, intended.address, contact.at)
    told = ledger.names.telling(intended.address, client, contact.at)[-1:]
    subject = f"mail for {', '.join(domains)}" if domains else "a mail connection"
    published = _is_published(client, intended, observed)
    return Finding(
        code=CODE,
        severity=Severity.INFO if published else Severity.CRITICAL,
        confidence=Confidence.PROVEN,
        summary=f"{subject} was meant for {place(intended, name)} and went to {observed}",
        at=contact.at,
        client=client,
        intended=Party(intended.address, intended.port, name, ("dns", "wire") if name else ("wire",)),
        observed=Party(observed.address, observed.port, None, ("wire",)),
        blame=Blame(Side.UNKNOWN, None, None) if published else Blame(Side.SENDER, temporary=False, mail_safe=False),
        evidence=(*answer_evidence(told), *_records(contact)),
    )


def _is_published(client: str, intended: Endpoint, observed: Endpoint) -> bool:
    """Led on to a private server by a site that was itself addressed: static NAT, a load balancer, a container's port.

    It was itself addressed where a stranger came to its public address, or anybody to one of its private ones.
    """
    if is_inside(intended.address):
        return is_inside(observed.address) and not ip_address(observed.address).is_loopback
    return is_inside(observed.address) and not is_inside(client)


def _records(contact: Contact) -> Iterator[Evidence]:
    for sighting in contact.connection.sightings:
        yield syn_evidence(sighting, f"SYN {sighting.client} to {sighting.server}")
        if sighting.reply_source is not None and sighting.syn_acks:
            text = f"the SYN-ACK that acknowledges it comes from {sighting.reply_source}"
            yield Evidence(text, sighting.vantage, (sighting.syn_acks[0].frame,))


def _inferred(contact: Contact, suspicion: Suspicion) -> Finding:
    connection, intention = contact.connection, suspicion.intention
    host = next(h for h in intention.hosts.hosts if h.addresses)
    meant = Endpoint(host.addresses[0], MAIL_PORT)
    return Finding(
        code=CODE,
        severity=Severity.INFO if suspicion.doubts else Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if suspicion.doubts else Confidence.LIKELY,
        summary=(
            f"mail for {intention.domain}: the resolver said {host.name} is {', '.join(host.addresses)} "
            f"and the host contacted {connection.server} instead"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=Party(
            meant.address, meant.port, host.name, ("dns", "envelope") if intention.from_envelope else ("dns",)
        ),
        observed=Party(connection.server.address, connection.server.port, _greeting(contact), ("wire",)),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=False)
        if not suspicion.doubts
        else Blame(Side.UNKNOWN, None, None),
        evidence=(
            *answer_evidence(intention.hosts.told),
            *_envelope(contact, suspicion),
            syn_evidence(connection.nearest, _syn_words(contact, suspicion)),
            *_banner(contact),
        ),
        still_possible=(
            *suspicion.doubts,
            f"the application chose {connection.server.address} itself (hosts file, transport map, smart host)",
            f"an answer naming {connection.server.address} was cached before the capture began, or came by a way not captured",
        ),
        settled_by=SETTLED_BY,
    )


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
