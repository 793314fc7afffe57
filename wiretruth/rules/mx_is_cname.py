"""The host that an MX record names is an alias.

What it sees
    The address answer for an MX host goes through a CNAME.

Why it matters
    RFC 2181 forbids it. Most senders cope; some refuse, some loop, and each costs another lookup.

Innocent explanations
    It works with nearly everybody, which is why it is so common.

What to do next
    Let the MX record name the host itself.

References
    RFC 2181 section 10.3, RFC 5321 section 5.1.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.statements import Resolution
from wiretruth.rules._mail_hosts import domains_served, is_first
from wiretruth.rules._telling import answer_evidence

CODE = "mx-is-cname"


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Look at the address answers of MX hosts."""
    if not statement.addresses or statement.canonical == statement.name:
        return
    domains = domains_served(statement, ledger)
    if not domains or not is_first(statement, ledger):
        return
    mx = ledger.names.latest(statement.client, domains[0], "MX", statement.at)
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=f"the MX host of {domains[0]}, {statement.name}, is an alias of {statement.canonical}",
        at=statement.at,
        client=statement.client,
        intended=Party(None, None, statement.name, ("dns",)),
        observed=Party(statement.addresses[0], None, statement.canonical, ("dns",)),
        blame=Blame(Side.RECIPIENT, temporary=False, mail_safe=True),
        evidence=tuple(answer_evidence([*([mx] if mx else []), statement])),
    )
