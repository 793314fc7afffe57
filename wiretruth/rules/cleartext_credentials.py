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

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.smtp import Command
from wiretruth.model.statements import Contact, Statement
from wiretruth.rules._telling import server_party, server_words

CODE = "cleartext-credentials"

REVEALING = frozenset({"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER", "XOAUTH"})
"""Mechanisms whose exchange holds the secret itself; the others prove knowledge of it (CRAM-MD5, SCRAM, NTLM, GSSAPI)."""


def check(statement: Statement, ledger: Ledger) -> Iterator[Finding]:
    """Report the first revealing AUTH of a dialogue."""
    if (
        not isinstance(statement, Contact)
        or statement.connection.dialogue is None
        or stays_on_host(statement.connection)
    ):
        return
    dialogue = statement.connection.dialogue
    mechanism = next((m for m in dialogue.auth if m in REVEALING), None)
    if mechanism is None:
        return
    commands = [e for e in dialogue.events if isinstance(e, Command) and e.verb == "AUTH"]
    yield Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.LIKELY,
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
        still_possible=("a tunnel below this connection encrypts it on the rest of the way",),
    )
