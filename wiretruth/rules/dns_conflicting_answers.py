"""Two different answers to one query.

What it sees
    One query, sent once, and two responses to it, from the same address and with the same id, that say different things.
    A query that was sent several times may well get different answers, and a forwarder may pass on a failure before the
    answer comes: that is *possible* only.

Why it matters
    Somebody answers in the resolver's name. The client believes whichever answer comes first.

Innocent explanations
    A resolver behind a load balancer that answers twice; a query duplicated by the network and answered by two servers.

What to do next
    Compare both answers with what the domain's own name servers say. Compare the TTLs of the two packets. Capture nearer
    to the resolver.

References
    RFC 5452 (forged answers), RFC 3833 (threats to DNS).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.rules._telling import lookup_evidence
from wiretruth.rules._trouble import IrregularResolution

CODE = "dns-conflicting-answers"


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Look for responses after the first that say something else."""
    if not statement.lookup.nearest.other_answers:
        return
    lookup = statement.lookup.nearest
    mark, records = lookup.other_answers[0]
    said = ", ".join(r.data for r in records) or "nothing"
    first = ", ".join(r.data for r in lookup.answers) or "nothing"
    lost = ledger.visibility.loss_explains(lookup.vantage, 1)
    yield Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.LIKELY
        if lookup.query_count == 1 and lookup.answers and records and not lost
        else Confidence.POSSIBLE,
        summary=(
            f"two answers came to one query of {statement.client} for {statement.type} {statement.name}: "
            f"first {first}, then {said}"
        ),
        at=statement.at,
        client=statement.client,
        intended=Party(statement.resolver, lookup.resolver.port, None, ("wire",)),
        blame=Blame(Side.PATH, temporary=None, mail_safe=None),
        evidence=(
            lookup_evidence(statement, f"first answer: {first}"),
            Evidence(f"second answer: {said}", lookup.vantage, (mark.frame,)),
        ),
        still_possible=(
            *(("the query was sent twice, and once the capture lost it",) if lost else ()),
            "the query was duplicated on the way and answered by two servers",
        ),
        settled_by=(f"a capture on the resolver {statement.resolver}",),
    )
