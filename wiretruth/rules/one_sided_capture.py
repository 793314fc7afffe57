"""Only one direction of conversations is present.

What it sees
    Connections that carry data, or acknowledge it, in one direction only, and none with both.

Why it matters
    No claim about silence or refusal can be made from such a capture: the other half passed elsewhere.

Innocent explanations
    Asymmetric routing, a mirror of one direction (SPAN rx or tx), a capture filter on source or destination.

What to do next
    Mirror both directions, capture on the host itself, or use a filter without ``src`` and ``dst``.

References
    RFC 9293 section 3.4 (every octet is acknowledged).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Confidence, Evidence, Finding, Severity
from wiretruth.model.statements import Survey

CODE = "one-sided-capture"


def check(statement: Survey, ledger: Ledger) -> Iterator[Finding]:
    """Report a vantage that shows no conversation from both sides."""
    del ledger
    if not statement.one_sided or statement.two_sided:
        return
    count = statement.one_sided
    text = f"{count} connection{'s' if count > 1 else ''} with one direction only, none with both"
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=f"{statement.path} shows only one direction of conversations: {text}",
        at=statement.first,
        client=None,
        evidence=(Evidence(text, statement.vantage),),
    )
