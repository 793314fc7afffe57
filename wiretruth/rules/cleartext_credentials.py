"""A password crossed the network in clear text.

What it sees
    AUTH with a mechanism that sends the secret itself (PLAIN, LOGIN, and bearer tokens), before or without TLS, on a
    connection that leaves the host. The secret itself is never kept, nor shown.

Why it matters
    Everybody on the path can read it, and send mail in that name.

Innocent explanations
    A tunnel below (VPN, IPsec) may protect the connection.

What to do next
    Change the password. Let the server offer AUTH only behind STARTTLS (``smtpd_tls_auth_only = yes`` in Postfix).

References
    RFC 4954 section 4 and 9, RFC 8314 section 3.
"""

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.smtp import Command, Dialogue, Step
from wiretruth.model.statements import Contact
from wiretruth.rules._telling import server_party, server_words
from wiretruth.rules._trouble import TroubledContact

CODE = "cleartext-credentials"

REVEALING = frozenset({"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER", "XOAUTH"})
"""Mechanisms whose exchange holds the secret itself; the others prove knowledge of it (CRAM-MD5, SCRAM, NTLM, GSSAPI)."""

REFUSED = 400
"""Replies from here on refuse (RFC 5321 §4.2.1)."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first revealing AUTH of a client with a server."""
    if statement.connection.dialogue is None or stays_on_host(statement.connection):
        return
    dialogue = statement.connection.dialogue
    mechanism = revealed(dialogue)
    if mechanism is None or not _first(statement, ledger):
        return
    commands = [e for e in dialogue.events if isinstance(e, Command) and e.verb == "AUTH"]
    refused_at_once = not _was_heard(dialogue)
    yield Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if refused_at_once else Confidence.LIKELY,
        summary=(
            f"{statement.connection.client.address} sent credentials (AUTH {mechanism}) to "
            f"{server_words(statement, ledger)} without TLS"
        ),
        at=commands[0].at if commands else statement.at,
        client=statement.connection.client.address,
        observed=server_party(statement, ledger),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=None),
        evidence=(
            Evidence(f"AUTH {mechanism}, not shown further", dialogue.vantage, tuple(c.frame for c in commands[:1])),
        ),
        still_possible=(
            *(("the server refused AUTH before any secret was sent",) if refused_at_once else ()),
            "a tunnel below this connection encrypts it on the rest of the way",
        ),
    )


def revealed(dialogue: Dialogue) -> str | None:
    """Give the mechanism with which a secret was sent, or may have been: LOGIN sends none before it is asked to."""
    mechanism = next((m for m in dialogue.auth if m in REVEALING), None)
    return None if mechanism == "LOGIN" and not _was_heard(dialogue) else mechanism


def _was_heard(dialogue: Dialogue) -> bool:
    """The server went on with AUTH, accepted it, or was not heard: a refusal at once may have come before any secret."""
    replies = [x.reply for x in dialogue.exchanges if x.step is Step.AUTH]
    return any(reply is None or reply.code < REFUSED for reply in replies)


def _first(contact: Contact, ledger: Ledger) -> bool:
    """Only the first such session of a client with a server is told."""
    return ledger.contacts.alike(_revealing, _revealing(contact))[0] is contact


def _revealing(contact: Contact) -> Hashable:
    connection = contact.connection
    if connection.dialogue is None or revealed(connection.dialogue) is None:
        return None
    return connection.client.address, connection.server.address
