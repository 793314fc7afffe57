"""The domain says that it takes no mail: a null MX.

What it sees
    An MX answer whose only exchange is the root.

Why it matters
    Nothing is wrong: senders return such mail at once instead of trying for days. The address was probably mistyped.

Innocent explanations
    This is one.

What to do next
    Look at the recipient's address.

References
    RFC 7505.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.statements import Resolution
from wiretruth.rules._mail_hosts import is_first
from wiretruth.rules._telling import answer_evidence

CODE = "null-mx"


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Look for MX answers that name the root."""
    if len(statement.exchanges) != 1 or statement.exchanges[0][1] != ".":
        return
    if not is_first(statement, ledger):
        return
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=f"{statement.name} takes no mail: its MX record says so",
        at=statement.at,
        client=statement.client,
        intended=Party(None, None, statement.name, ("dns",)),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=False),
        evidence=tuple(answer_evidence([statement])),
    )
