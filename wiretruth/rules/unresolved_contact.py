"""A mail connection to an address that no answer in the capture contains, and nothing says rewriting.

What it sees
    A connection on the way of mail, answered (be it by a refusal) and opened by a host that the capture stands near to,
    whose server address appears in no DNS answer seen before it, and whose domain's mail hosts (where they are known)
    give no reason to suspect rewriting.

Why it matters
    Nothing is wrong by that. It says that this capture cannot tell why the sender chose the address, so a rewrite of it
    would go unnoticed here.

Innocent explanations
    A smart host, a transport map or a hosts file names the address; or the answer was cached before the capture began.

What to do next
    Read the sender's configuration (``postconf relayhost transport_maps``), or begin the capture before the lookup.

References
    RFC 5321 section 5.1; RFC 1034 section 5.3.3 (caching).
"""

from collections.abc import Hashable, Iterator
from itertools import islice

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.ledger.hosts import is_loopback
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact
from wiretruth.rules._rewriting import leaves_host, proven_ends, suspect
from wiretruth.rules._telling import attempts_words, syn_evidence
from wiretruth.rules._tracked import declared_ends

CODE = "unresolved-contact"

MAX_CONTACTS = 4096
"""Contacts of one client looked at for the addresses that are counted: more say nothing else."""

SHOWN = 8
"""Contacts given as evidence."""

_NO_CONNECTION = (Outcome.UNANSWERED, Outcome.HALF_OPEN)
"""Nobody was reached: connect-blackholed and reply-lost speak of these, and of a flood of lone SYNs nobody needs to."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first contact of a client with an address that nobody was told, and with how many others it did so."""
    if not _speaks(statement, ledger) or ledger.contacts.alike(_answered, _answered(statement))[0] is not statement:
        return
    firsts = _firsts(statement.connection.client.address, ledger)
    if next((c for c in firsts if c is statement or _speaks(c, ledger)), None) is statement:
        yield _finding(statement, [c for c in firsts if _speaks(c, ledger)], ledger)


def _speaks(contact: Contact, ledger: Ledger) -> bool:
    """Nothing in the capture says why this address."""
    server = contact.connection.server.address
    if (
        ledger.names.knows(server, contact.at, contact.connection.client.address)
        or is_loopback(server)
        or not _is_answered(contact)
    ):
        return False
    if not leaves_host(contact, ledger) or proven_ends(contact) or suspect(contact, ledger):
        return False
    return not (ledger.translations or ledger.sockets) or declared_ends(contact, ledger) is None


def _firsts(client: str, ledger: Ledger) -> Iterator[Contact]:
    """Give the first answered contact of a client with each address that nobody was told, in time order, up to a bound."""
    seen: set[str] = set()
    for contact in islice(ledger.intentions.unexplained(client, BEGINNING, END_OF_TIME), MAX_CONTACTS):
        server = contact.connection.server.address
        if server not in seen and _is_answered(contact):
            seen.add(server)
            yield contact


def _finding(contact: Contact, others: list[Contact], ledger: Ledger) -> Finding:
    connection = contact.connection
    alike = ledger.contacts.alike(_answered, _answered(contact))
    more = f" and {len(others)} more address{'es' if len(others) > 1 else ''}" if others else ", an address"
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.POSSIBLE,
        summary=(
            f"{connection.client.address} contacted {connection.server}{attempts_words(alike)}{more} "
            "that no DNS answer in this capture contains"
        ),
        at=contact.at,
        client=connection.client.address,
        observed=Party(connection.server.address, connection.server.port, None, ("wire",)),
        evidence=tuple(
            syn_evidence(c.connection.nearest, f"SYN to {c.connection.server}") for c in (contact, *others[: SHOWN - 1])
        ),
        still_possible=(
            "a smart host, transport map or hosts file names the address",
            "the answer was cached before the capture began, or came by a way not captured",
        ),
        settled_by=("the sender's mail log and configuration", "a capture that begins before the lookup"),
    )


def _is_answered(contact: Contact) -> bool:
    return contact.connection.outcome not in _NO_CONNECTION


def _answered(contact: Contact) -> Hashable:
    """What the contacts of one client with one server that came to something have in common."""
    connection = contact.connection
    return connection.client.address, connection.server.address, _is_answered(contact)
