"""The resolver answered SERVFAIL: it tried, and could not find out.

What it sees
    Answers with rcode SERVFAIL, gathered by client and resolver. Where the same question was answered soon after, where the
    client has nothing to do with mail, or where a resolver asks authoritative servers, it is only info.

Why it matters
    A mail server must treat it as temporary and defer, in both directions, for as long as it lasts.

Innocent explanations
    The domain's own name servers are down, or its DNSSEC signatures have expired: then it fails everywhere.

What to do next
    Ask another resolver, and one without validation (``dig +cd``): if that answers, it is DNSSEC. ``dig +trace`` shows
    which name server does not answer.

References
    RFC 1035 section 4.1.1, RFC 4035 section 5.5 (validation failure), RFC 8914 (extended DNS errors).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.statements import Resolution
from wiretruth.rules._lookup_failures import gather
from wiretruth.rules._resolvers import told
from wiretruth.rules._trouble import IrregularResolution

CODE = "dns-servfail"


def failed(resolution: Resolution) -> bool:
    """Tell whether a lookup ended in SERVFAIL."""
    return resolution.rcode == "SERVFAIL"


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Report a client's SERVFAIL answers from one resolver, once."""
    if not failed(statement):
        return
    failures = gather(statement, ledger, failed)
    if failures is not None:
        yield told(CODE, failures, f"{statement.resolver} answered SERVFAIL to {statement.client}", ledger)
