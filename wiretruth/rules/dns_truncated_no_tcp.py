"""An answer was truncated, and the question was not answered over TCP.

What it sees
    A UDP answer with the TC bit, and no answer to the same question of the same client over TCP soon after: the TCP retry
    was blocked, refused, or never came. An answer with a larger EDNS buffer counts as well.

Why it matters
    The client has no answer, or half of one. Domains with many MX, long TXT or signed records cannot be reached.

Innocent explanations
    The retry passed by another way than this vantage; the client did not need the answer any more.

What to do next
    Let TCP port 53 pass between the client and its resolver: DNS needs it. Test with ``dig +tcp @RESOLVER NAME``.

References
    RFC 7766 (DNS over TCP is not optional), RFC 1035 section 4.2.1, RFC 2181 section 9.
"""

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution
from wiretruth.rules._telling import lookup_evidence
from wiretruth.rules._trouble import IrregularResolution

CODE = "dns-truncated-no-tcp"

RETRY_TIME = 10 * NANOSECONDS
"""Resolvers retry over TCP at once; a TCP connection attempt fails after some seconds."""


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Look for a whole answer behind each truncated one."""
    if not statement.lookup.nearest.truncated or ledger.names.alike(_cut, _cut(statement))[0] is not statement:
        return
    vantage = statement.lookup.nearest.vantage
    history = ledger.names.history(statement.client, statement.name, statement.type)
    later = [r for r in history if statement.at <= r.at <= statement.at + RETRY_TIME and r is not statement]
    if any(r.rcode is not None and not r.lookup.nearest.truncated for r in later):
        return
    early = ledger.visibility.ends(vantage) - statement.at < NANOSECONDS
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if early else Confidence.LIKELY,
        summary=(
            f"{statement.resolver} gave {statement.client} a truncated answer to {statement.type} {statement.name}, "
            "and no whole one followed over TCP"
        ),
        at=statement.at,
        client=statement.client,
        intended=Party(statement.resolver, statement.lookup.nearest.resolver.port, None, ("wire",)),
        blame=Blame(Side.UNKNOWN, temporary=None, mail_safe=True),
        evidence=(
            lookup_evidence(statement, "truncated answer"),
            *(lookup_evidence(r, f"asked again over {r.lookup.nearest.transport}, in vain") for r in later),
        ),
        still_possible=(
            *(("the capture ended before the retry",) if early else ()),
            "the retry over TCP was blocked before this vantage, or passed elsewhere",
        ),
        settled_by=(f"a capture on {statement.client} of tcp port 53",),
    )


def _cut(resolution: Resolution) -> Hashable:
    return (resolution.client, resolution.name, resolution.type) if resolution.lookup.nearest.truncated else None
