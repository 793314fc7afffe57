"""One resolver left several lookups unanswered or refused over a stretch of time.

What it sees
    From one failed lookup to the last, nothing that this resolver answered, to anybody: either it said so itself (ICMP
    port unreachable: no resolver runs there), or lookups of unrelated domains failed alike. Begin, end, and the lookups
    lost are stated, with the mail that was deferred meanwhile. It is a warning where another resolver answered
    every question in time, and info where the client has nothing to do with mail.

Why it matters
    Mail in both directions is deferred for as long as it lasts, and the senders are told that their domain is at fault.

Innocent explanations
    The resolver's own uplink was down. The answers pass by another way than this vantage.

What to do next
    Look at the resolver's log and uptime for that time. Give the mail server a second resolver, and watch both.

References
    RFC 1123 section 6.1.2.3, RFC 5321 section 4.5.4.1, RFC 5358.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution
from wiretruth.rules._deferral import deferred_between
from wiretruth.rules._lookup_failures import Failures, concerns_mail, gather
from wiretruth.rules._resolvers import blame
from wiretruth.rules._trouble import IrregularResolution
from wiretruth.rules.banner_mismatch import organisation
from wiretruth.rules.dns_refused import refused
from wiretruth.rules.dns_unanswered import unanswered

CODE = "resolver-outage"

SEVERAL = 3
"""Lookups: one may be lost, two may be one question for both address types."""

_DAY = 86_400 * NANOSECONDS

WORTH_A_CLOCK = 60 * NANOSECONDS
"""An outage that lasted as long is looked for in other logs: its begin and end are said."""

STRETCH = NANOSECONDS
"""Shorter than this is a hiccup, which retries mend."""


def lost(resolution: Resolution) -> bool:
    """Tell whether a resolver did not serve a lookup at all."""
    return unanswered(resolution) or (refused(resolution) and resolution.rcode is None)


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Report the stretch in which a resolver served nothing, once for each client."""
    if not lost(statement):
        return
    failures = gather(statement, ledger, lost)
    if failures is None or len(failures.all) < SEVERAL or not failures.recursive:
        return
    first, last = failures.all[0].lookup.nearest.at, failures.all[-1].lookup.nearest.at
    if last - first < STRETCH or not _alone_to_blame(failures) or _served(failures, ledger, first, last):
        return
    yield _finding(failures, ledger, first, last)


def _alone_to_blame(failures: Failures) -> bool:
    """The resolver said itself that it is not there, or domains that share nothing but the resolver failed alike."""
    said = any(r.lookup.nearest.rejections for r in failures.all)
    return said or len({organisation(r.name) for r in failures.all}) > 1


def _served(failures: Failures, ledger: Ledger, first: int, last: int) -> bool:
    return ledger.names.heard_from(failures.all[0].resolver, first, last)


def _severity(failures: Failures, ledger: Ledger) -> Severity:
    if not concerns_mail(failures, ledger):
        return Severity.INFO
    return Severity.CRITICAL if failures.unmended else Severity.WARNING


def _finding(failures: Failures, ledger: Ledger, first: int, last: int) -> Finding:
    one = failures.all[0]
    end = last
    deferred = deferred_between(one.client, first, failures.all[-1].lookup.nearest.waited_until, ledger)
    meanwhile = (
        f"; {deferred} {'mails were' if deferred > 1 else 'mail was'} put off meanwhile: nothing is lost, the senders try again"
        if deferred
        else ""
    )
    blind = not ledger.visibility.sees_replies_to(one.lookup.nearest.vantage, one.client)
    return Finding(
        code=CODE,
        severity=_severity(failures, ledger),
        confidence=Confidence.POSSIBLE if blind else Confidence.LIKELY,
        summary=(
            f"resolver {one.resolver} served nothing to {one.client} for at least {duration(end - first)}{_clock(first, end)}: "
            f"{len(failures.all)} lookups lost ({failures.names()}){meanwhile}"
        ),
        at=first,
        client=one.client,
        intended=Party(one.resolver, one.lookup.nearest.resolver.port, None, ("wire",)),
        blame=blame(failures, ledger),
        evidence=(failures.evidence(f"lookups that {one.resolver} did not serve"),),
        still_possible=(
            *(("replies do not pass this vantage: none of any kind was seen",) if blind else ()),
            f"the path to {one.resolver} was down, not the resolver itself",
        ),
        settled_by=(f"the log of {one.resolver}", f"a capture on {one.resolver}"),
    )


def _clock(first: int, last: int) -> str:
    """Give both ends as a clock shows them, where they are minutes apart."""
    if last - first < WORTH_A_CLOCK:
        return ""
    day, clocks = first // _DAY == last // _DAY, [_time_of_day(at) for at in (first, last)]
    return f" ({clocks[0]} to {clocks[1]} UTC{'' if day else f', {last // _DAY - first // _DAY} d later'})"


def _time_of_day(at: int) -> str:
    minutes, seconds = divmod(at % _DAY // NANOSECONDS, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
