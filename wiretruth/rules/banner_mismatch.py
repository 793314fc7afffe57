"""The host greets with a name unrelated to the one that was resolved.

What it sees
    A host greets (or answers EHLO) with a host name that is neither a name under which the client resolved its address,
    nor in the domain of one, nor an MX host or the domain of a recipient. Where the host then shows its certificate (up to
    TLS 1.2), the evidence says whether that is for the name that was resolved. Where the resolved name is the one that was
    meant with a search domain behind it, the evidence says so.

Why it matters
    By itself it is common and harmless. Beside a suspicion it tells who really answers: from inside a network, a gateway
    that rewrites the destination shows nothing else.

Innocent explanations
    Many mail hosts greet with an internal name, a provider's name, or one name for many customers.

What to do next
    Ask from elsewhere (``nc mail.example.net 25`` from another network) and compare the greeting. Compare TTL and round
    trip time with other connections to the same address. Capture beyond the gateway.

References
    RFC 5321 section 4.2 and 4.3.1 (the greeting names the server), RFC 2505 section 2.6, RFC 6125 section 6.4 (names in
    certificates), RFC 1535 (search domains).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import is_submission, stays_on_host
from wiretruth.ledger.intentions import recipient_domain
from wiretruth.model.dns import casefold_name
from wiretruth.model.finding import Confidence, Evidence, Finding, Party, Severity
from wiretruth.model.smtp import Dialogue
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._rewriting import proven_ends
from wiretruth.rules._telling import answer_evidence

CODE = "banner-mismatch"

NAMED = 4
"""Names of a certificate that are told."""

_SHORT_LABEL = 3
"""``co.uk``, ``com.au``: where the last two labels are this short, an organisation's name is one label longer."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the greeting's name against every name that led to this address."""
    connection, dialogue = statement.connection, statement.connection.dialogue
    if dialogue is None or stays_on_host(connection) or is_submission(connection):
        return
    client, server = connection.client.address, connection.server.address
    if ledger.contacts.first_between(client, server) is not statement or proven_ends(statement) is not None:
        return
    told, name = ledger.names.telling(server, client, statement.at), dialogue.greeting_name
    if told and name and not _is_related(casefold_name(name), told, statement, ledger):
        yield _finding(statement, dialogue, told[-1].name, ledger)


def _is_related(greeted: str, told: list[Resolution], contact: Contact, ledger: Ledger) -> bool:
    """Tell whether some name that led here is of the same organisation; what is no host's name says nothing."""
    if any(r.name == greeted for r in told) or "." not in greeted or not greeted[0].isalnum():
        return True
    own = organisation(greeted)
    client, dialogue = contact.connection.client.address, contact.connection.dialogue
    expected = {n for r in told for n in (r.name, r.canonical)} | (_recipient_domains(dialogue) if dialogue else set())
    expected |= {d for r in told for d in ledger.names.domains_using(client, r.name, contact.at)}
    if own in {organisation(name) for name in expected}:
        return True
    return any(own == organisation(exchange) for exchange in _exchanges(client, expected, contact, ledger))


def organisation(name: str) -> str:
    """Give the part of a host name that its organisation registered, as far as the name alone tells."""
    labels = name.split(".")
    short = len(labels) > 2 and all(len(label) <= _SHORT_LABEL for label in labels[-2:])  # noqa: PLR2004 - two labels
    return ".".join(labels[-3:] if short else labels[-2:])


def _recipient_domains(dialogue: Dialogue) -> set[str]:
    paths = (p.mailbox for t in dialogue.transactions for p in t.forward_paths)
    return {d for mailbox in paths if (d := recipient_domain(mailbox)) is not None}


def _exchanges(client: str, domains: set[str], contact: Contact, ledger: Ledger) -> Iterator[str]:
    for domain in domains:
        hosts = ledger.names.mail_hosts(client, domain, contact.at)
        yield from (host.name for host in (hosts.hosts if hosts else ()))


def _finding(contact: Contact, dialogue: Dialogue, name: str, ledger: Ledger) -> Finding:
    connection = contact.connection
    told = ledger.names.telling(connection.server.address, connection.client.address, contact.at)
    greeting = dialogue.greeting
    frame = (greeting.frame,) if greeting else ()
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.POSSIBLE,
        summary=f"{name} [{connection.server.address}] greets as {dialogue.greeting_name}",
        at=contact.at,
        client=connection.client.address,
        intended=Party(connection.server.address, connection.server.port, name, ("dns",)),
        observed=Party(connection.server.address, connection.server.port, dialogue.greeting_name, ("smtp",)),
        evidence=(
            *answer_evidence(told[-1:]),
            Evidence(f"the host greets as {dialogue.greeting_name}", dialogue.vantage, frame),
            *_certificate(dialogue, name),
            *_completed(told[-1], contact, ledger),
        ),
        still_possible=(
            "the host is known by several names, or greets with an internal one",
            "a gateway beyond this vantage sends the connection to another host",
        ),
        settled_by=("a capture beyond the gateway", "the same greeting asked for from another network"),
    )


def _certificate(dialogue: Dialogue, name: str) -> Iterator[Evidence]:
    """Up to TLS 1.2 the host shows its certificate: whether that is for the name that was resolved is worth a word."""
    tls = dialogue.tls
    if tls is None or not tls.names:
        return
    whose = f"is for {name}" if tls.covers(name) else f"is not for {name}"
    shown = ", ".join(tls.names[:NAMED]) + (" …" if len(tls.names) > NAMED else "")
    yield Evidence(f"the certificate that it shows {whose}: it names {shown}", dialogue.vantage, (tls.frame,))


def _completed(told: Resolution, contact: Contact, ledger: Ledger) -> Iterator[Evidence]:
    """The resolver library put a search domain behind the name that was meant (RFC 1535): its zone answers for anything."""
    for intention in ledger.intentions.of(contact):
        meant = next((h.name for h in intention.hosts.hosts if told.name.startswith(f"{h.name}.")), None)
        if meant is not None:
            text = f"{told.name} is {meant} with a search domain of this host behind it: nobody meant it"
            yield Evidence(text, told.lookup.nearest.vantage, told.lookup.nearest.frames)
            return
