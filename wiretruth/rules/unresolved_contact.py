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

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.hosts import is_loopback
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact
from wiretruth.rules._rewriting import leaves_host, proven_ends, suspect
from wiretruth.rules._telling import attempts_words, syn_evidence
from wiretruth.rules._tracked import declared_ends

CODE = "unresolved-contact"

_NO_CONNECTION = (Outcome.UNANSWERED, Outcome.HALF_OPEN)
"""Nobody was reached: connect-blackholed and reply-lost speak of these, and of a flood of lone SYNs nobody needs to."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first contact of a client with an address that nobody was told."""
    connection = statement.connection
    client, server = connection.client.address, connection.server.address
    if ledger.names.knows(server, statement.at) or is_loopback(server) or not _is_answered(statement):
        return
    if not leaves_host(statement, ledger) or proven_ends(statement) or suspect(statement, ledger):
        return
    if (ledger.translations or ledger.sockets) and declared_ends(statement, ledger) is not None:
        return
    alike = ledger.contacts.alike(_answered, _answered(statement))
    if alike[0] is not statement:
        return
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.POSSIBLE,
        summary=(
            f"{client} contacted {connection.server}{attempts_words(alike)}, "
            "an address that no DNS answer in this capture contains"
        ),
        at=statement.at,
        client=client,
        observed=Party(server, connection.server.port, None, ("wire",)),
        evidence=(syn_evidence(connection.nearest, f"SYN to {connection.server}"),),
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
