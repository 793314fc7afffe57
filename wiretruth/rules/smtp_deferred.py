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
    Read the server's words. 4.1.8, 4.4.3 and 4.7.25 speak of DNS: the sender's domain may be missing there, or the receiving
    server's resolver be down; only its own lookups tell which. X.7.x is policy.

References
    RFC 5321 section 4.2.1, RFC 3463 (enhanced codes), RFC 5248 (their registry).
"""

from collections.abc import Iterator
from dataclasses import replace

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Finding, Side
from wiretruth.rules._block_lists import side_of_listing
from wiretruth.rules._deferral import failed_lookups, undecided
from wiretruth.rules._refusals import TEMPORARY, accepted_another_way, accepted_later, refusals
from wiretruth.rules._refused_mail import tell
from wiretruth.rules._resolvers import side_of_deferral
from wiretruth.rules._trouble import TroubledContact

CODE = "smtp-deferred"

EITHER_SIDE = (
    "the receiving side's own resolver failed, and it blames the sender's domain for it",
    "what it looked up is not in DNS: the sender's domain, its reverse name or its policy",
)
DECIDED_BY = ("a capture on the receiving server, with its DNS", "the sender's domain asked for from another network")


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report every temporary refusal of a dialogue."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        if refusal.reply.code // 100 != TEMPORARY or accepted_another_way(statement, refusal):
            continue
        failed = failed_lookups(statement, refusal, ledger)
        if failed or accepted_later(statement, refusal, ledger) is None:
            open_question = not failed and undecided(statement, refusal, ledger)
            side = Side.UNKNOWN if open_question else side_of_listing(statement, refusal.reply, ledger) or refusal.side
            side = side_of_deferral(failed, ledger) if failed else side
            blame = Blame(side, temporary=True, mail_safe=True)
            found = tell(CODE, "deferred", statement, refusal, ledger, blame=blame)
            yield replace(found, still_possible=EITHER_SIDE, settled_by=DECIDED_BY) if open_question else found
