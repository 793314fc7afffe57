"""A refusal told as a finding: the two rules on 4yz and 5yz replies differ in what becomes of the mail."""

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity
from wiretruth.model.statements import Contact
from wiretruth.model.status_codes import explained
from wiretruth.rules._refusals import Refusal, recipients_words
from wiretruth.rules._telling import server_party, server_words


def tell(code: str, done: str, contact: Contact, refusal: Refusal, ledger: Ledger, *, blame: Blame) -> Finding:
    """Tell a refusal with its step, its reply and its recipients.

    Args:
        code: of the finding.
        done: what the server did to the mail, in words.
        contact: whose dialogue holds the refusal.
        refusal: as gathered from it.
        ledger: knows the server's name.
        blame: whose fault it is, and what becomes of the mail.
    """
    vantage = contact.connection.nearest.vantage
    recipients = recipients_words(refusal.recipients)
    return Finding(
        code=code,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=f"{server_words(contact, ledger)} {done} mail{recipients} at {refusal.step}: {refusal.words}",
        at=refusal.reply.at,
        client=contact.connection.client.address,
        observed=server_party(contact, ledger),
        blame=blame,
        evidence=(
            Evidence(f"reply at {refusal.step}: {refusal.words}{_meaning(refusal)}", vantage, (refusal.reply.frame,)),
        ),
    )


def _meaning(refusal: Refusal) -> str:
    """What the enhanced code says, beside the server's own words."""
    said = explained(refusal.reply.enhanced)
    return f" [{said}]" if said else ""
