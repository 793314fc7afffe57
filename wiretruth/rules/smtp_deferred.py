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
from wiretruth.model.finding import Blame, Finding, Side
from wiretruth.rules._deferral import failed_lookups
from wiretruth.rules._refusals import TEMPORARY, accepted_another_way, accepted_later, refusals
from wiretruth.rules._refused_mail import tell
from wiretruth.rules._trouble import TroubledContact

CODE = "smtp-deferred"


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report every temporary refusal of a dialogue."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        if refusal.reply.code // 100 != TEMPORARY or accepted_another_way(statement, refusal):
            continue
        by_dns = bool(failed_lookups(statement, refusal, ledger))
        if by_dns or accepted_later(statement, refusal, ledger) is None:
            blame = Blame(Side.RECIPIENT_RESOLVER if by_dns else refusal.side, temporary=True, mail_safe=True)
            yield tell(CODE, "deferred", statement, refusal, ledger, blame=blame)
