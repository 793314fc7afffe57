"""An MX record names a host that has no address.

What it sees
    The client was told an MX host, asked for its addresses, and was told that there are none (NXDOMAIN, or neither A nor
    AAAA). Failures to answer at all are not this.

Why it matters
    Senders skip the host. If it is the only one, mail is deferred, and at last returned.

Innocent explanations
    A record that is just being changed.

What to do next
    The domain's administrator has to repair the MX record or add the host's address.

References
    RFC 5321 section 5.1, RFC 2308 (negative answers).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.statements import Resolution
from wiretruth.rules._mail_hosts import domains_served, has_no_address
from wiretruth.rules._telling import answer_evidence

CODE = "mx-target-unresolvable"

CACHED = "its IPv4 address was cached before the capture began: some servers deny the whole name when asked for IPv6 (RFC 4074)"


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Look at negative answers for the names of MX hosts."""
    if statement.type not in ("A", "AAAA") or statement.addresses:
        return
    if ledger.names.first_settled(statement.client, statement.name, statement.type) is not statement:
        return
    domains = domains_served(statement, ledger)
    said = has_no_address(statement.client, statement.name, ledger) if domains else []
    if not said or said[0] is not statement:
        return
    mx = ledger.names.latest(statement.client, domains[0], "MX", statement.at)
    alone = mx is not None and len(mx.exchanges) == 1
    unsure = {r.type for r in said} == {"AAAA"}
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if unsure else Confidence.LIKELY,
        summary=(
            f"{'the only' if alone else 'an'} MX host of {domains[0]}, {statement.name}, has no address"
            + (": mail for the domain cannot be delivered" if alone else "")
        ),
        at=statement.at,
        client=statement.client,
        intended=Party(None, None, statement.name, ("dns",)),
        blame=Blame(Side.RECIPIENT, temporary=None, mail_safe=not alone),
        evidence=tuple(answer_evidence([*([mx] if mx else []), *said])),
        still_possible=(CACHED,) if unsure else (),
    )
