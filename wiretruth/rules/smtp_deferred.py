"""The server deferred mail: a 4yz reply.

What it sees
    A temporary refusal at the greeting, EHLO, MAIL, RCPT, DATA or the end of data, with its code, its enhanced status, the
    recipients, and the server's own words. What follows from it in the same session is not reported again.
    Where the same mail was accepted later in the capture, smtp-greylisted says so instead.

Why it matters
    The mail is late until the server's reason is gone. The sender keeps it and tries again.

Innocent explanations
    Greylisting, rate limits and restarts are ordinary.

What to do next
    Read the server's words. X.1.8 and 4.4.3 speak of DNS: look at the receiving server's resolver. X.7.x is policy.

References
    RFC 5321 section 4.2.1, RFC 3463 (enhanced codes), RFC 5248 (their registry).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity
from wiretruth.model.statements import Contact
from wiretruth.rules._deferral import failed_lookups
from wiretruth.rules._refusals import (
    TEMPORARY,
    Refusal,
    accepted_another_way,
    accepted_later,
    recipients_words,
    refusals,
)
from wiretruth.rules._telling import server_party, server_words

CODE = "smtp-deferred"


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report every temporary refusal of a dialogue."""
    if statement.connection.dialogue is not None:
        for refusal in refusals(statement.connection.dialogue):
            if refusal.reply.code // 100 == TEMPORARY and not _passed(statement, refusal, ledger):
                yield _finding(statement, refusal, ledger)


def _passed(contact: Contact, refusal: Refusal, ledger: Ledger) -> bool:
    """The same mail was accepted later, and no failed lookup explains the refusal: smtp-greylisted tells it."""
    if accepted_another_way(contact, refusal):
        return True
    return accepted_later(contact, refusal, ledger) is not None and not failed_lookups(contact, refusal, ledger)


def _finding(contact: Contact, refusal: Refusal, ledger: Ledger) -> Finding:
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{server_words(contact, ledger)} deferred mail{recipients_words(refusal.recipients)} at {refusal.step}: "
            f"{refusal.words}"
        ),
        at=refusal.reply.at,
        client=contact.connection.client.address,
        observed=server_party(contact, ledger),
        blame=Blame(refusal.side, temporary=True, mail_safe=True),
        evidence=(
            Evidence(
                f"reply at {refusal.step}: {refusal.words}", contact.connection.nearest.vantage, (refusal.reply.frame,)
            ),
        ),
    )
