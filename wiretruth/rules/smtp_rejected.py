"""The server rejected mail: a 5yz reply.

What it sees
    A permanent refusal at the greeting, EHLO, MAIL, RCPT, DATA or the end of data, with its code, its enhanced status, the
    recipients, and the server's own words. What follows from it in the same session is not reported again, nor is a
    command that the client put differently, or repeated behind AUTH, and that was accepted then.

Why it matters
    The sender gives up at once and returns the message to its author.

Innocent explanations
    The address is wrong; the mailbox is gone or full; a policy does not want this sender.

What to do next
    Read the server's words. X.1.x speaks of addresses, X.2.x of the mailbox, X.7.x of policy and reputation.

References
    RFC 5321 section 4.2.1, RFC 3463 (enhanced codes), RFC 5248 (their registry).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Finding
from wiretruth.rules._block_lists import side_of_listing
from wiretruth.rules._refusals import PERMANENT, accepted_another_way, refusals
from wiretruth.rules._refused_mail import tell
from wiretruth.rules._trouble import TroubledContact

CODE = "smtp-rejected"


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report every permanent refusal of a dialogue."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        if refusal.reply.code // 100 == PERMANENT and not accepted_another_way(statement, refusal):
            side = side_of_listing(statement, refusal.reply, ledger) or refusal.side
            blame = Blame(side, temporary=False, mail_safe=False)
            yield tell(CODE, "rejected", statement, refusal, ledger, blame=blame)
