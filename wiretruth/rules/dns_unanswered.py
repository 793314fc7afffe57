"""Queries to a resolver without any answer.

What it sees
    Lookups that nobody answered, retransmissions folded into one, gathered by client and resolver. Where the same question
    was answered soon after (a retry, another resolver) it is only info: that is what retries are for. So it is where the
    client has nothing to do with mail.

Why it matters
    Mail servers defer what they cannot look up, in both directions: their own mail waits, and mail from others is answered
    with 450 4.1.8 or 451 4.4.3.

Innocent explanations
    The resolver is being restarted. The answers pass by another way than this vantage. Some zones' servers are simply dead.

What to do next
    Ask the resolver directly: ``dig @RESOLVER NAME``. Capture on the resolver: does the query arrive, does it answer?

References
    RFC 1035 section 4.2.1, RFC 1123 section 6.1.3.3 (retries), RFC 5321 section 4.5.4.1.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.dns import Lookup
from wiretruth.model.durations import duration
from wiretruth.model.finding import Confidence, Finding, Party
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution
from wiretruth.rules._lookup_failures import Failures, gather, severity
from wiretruth.rules._resolvers import blame, deciding_captures, doubts
from wiretruth.rules._trouble import IrregularResolution

CODE = "dns-unanswered"

WAITED_ENOUGH = 2 * NANOSECONDS
"""Resolvers answer from their cache in milliseconds, and recursively mostly in well under this."""

WAITED_LONG = 5 * NANOSECONDS
"""As long as glibc's resolver waits before it asks again; a recursive search among dead servers may take nearly as long."""


def unanswered(resolution: Resolution) -> bool:
    """Tell whether a lookup was answered by nobody, not even an ICMP error, although there was time."""
    lookup = resolution.lookup.nearest
    silent = all(x.rcode is None and not x.rejections for x in resolution.lookup.sightings)
    return silent and lookup.waited_until - lookup.at >= WAITED_ENOUGH


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Report a client's unanswered lookups at one resolver, once."""
    if unanswered(statement):
        failures = gather(statement, ledger, unanswered)
        if failures is not None:
            yield _finding(failures, ledger)


def _given_up(lookup: Lookup) -> bool:
    """The client itself lost patience and asked again, or any client would have."""
    return lookup.query_count > 1 or lookup.waited_until - lookup.at >= WAITED_LONG


def _finding(failures: Failures, ledger: Ledger) -> Finding:
    first, last = failures.all[0], failures.all[-1]
    lookup = first.lookup.nearest
    unsure = _doubts(failures, ledger)
    count, over = len(failures.all), duration(last.lookup.nearest.waited_until - lookup.at)
    return Finding(
        code=CODE,
        severity=severity(failures, ledger),
        confidence=Confidence.POSSIBLE if unsure else Confidence.LIKELY,
        summary=(
            f"{first.resolver} did not answer {first.client}: {count} lookup{'s' if count > 1 else ''} in {over} "
            f"({failures.names()})" + ("" if failures.unmended else "; each was answered on a later try")
        ),
        at=lookup.at,
        client=first.client,
        intended=Party(first.resolver, lookup.resolver.port, None, ("wire",)),
        blame=blame(failures, ledger),
        evidence=(failures.evidence(f"queries to {first.resolver} that nobody answered"),),
        still_possible=(
            *unsure,
            *doubts(failures, ledger),
            f"the queries or the answers are lost between this vantage and {first.resolver}",
        ),
        settled_by=deciding_captures(failures, ledger) or (f"a capture on {first.resolver}",),
    )


def _doubts(failures: Failures, ledger: Ledger) -> list[str]:
    first = failures.all[0]
    vantage = first.lookup.nearest.vantage
    unsure = []
    if not ledger.visibility.sees_replies_to(vantage, first.client):
        unsure.append(f"replies to {first.client} do not pass this vantage: none of any kind was seen")
    if ledger.visibility.loss_explains(vantage, first.lookup.nearest.query_count):
        unsure.append(f"the answers were lost to the capture ({ledger.visibility.loss(vantage):.1%} loss)")
    if not any(_given_up(r.lookup.nearest) for r in failures.all):
        unsure.append("the capture ended before a slow answer could come")
    if not failures.recursive:
        unsure.append("this is a resolver asking authoritative servers; others may have answered it")
    return unsure
