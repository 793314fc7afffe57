"""A temporary refusal whose envelope was accepted later: greylisting, or a short trouble that passed.

What it sees
    4yz at RCPT, DATA or the end of data, and the same sender and recipient accepted later in this capture, in another
    session or in the same one ("too many recipients"). Refusals that failed lookups explain are told as deferral-caused-by-dns instead.

Why it matters
    Nothing is wrong: the mail arrived, later. The delay is stated.

Innocent explanations
    This is one.

What to do next
    Nothing; or ask the other side for an exemption if the delay hurts.

References
    RFC 6647 (greylisting).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.rules._deferral import failed_lookups
from wiretruth.rules._refusals import TEMPORARY, accepted_later, refusals
from wiretruth.rules._telling import server_party, server_words
from wiretruth.rules._trouble import TroubledContact

CODE = "smtp-greylisted"


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for the later acceptance of what was refused for now."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        if refusal.reply.code // 100 != TEMPORARY or failed_lookups(statement, refusal, ledger):
            continue
        later = accepted_later(statement, refusal, ledger)
        if later is None:
            continue
        elsewhere = "" if later.server == statement.connection.server else f" by {later.server}"
        yield Finding(
            code=CODE,
            severity=Severity.INFO,
            confidence=Confidence.LIKELY,
            summary=(
                f"{server_words(statement, ledger)} put off {', '.join(refusal.recipients)} at {refusal.step} "
                f"({refusal.words}) and the same mail was accepted{elsewhere} "
                f"{duration(later.reply.at - refusal.reply.at)} later"
            ),
            at=refusal.reply.at,
            client=statement.connection.client.address,
            observed=server_party(statement, ledger),
            blame=Blame(Side.RECIPIENT, temporary=True, mail_safe=True),
            evidence=(
                Evidence(
                    f"refused for now: {refusal.words}", statement.connection.nearest.vantage, (refusal.reply.frame,)
                ),
                Evidence("the same envelope accepted", later.vantage, (later.reply.frame,)),
            ),
        )
