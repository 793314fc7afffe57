"""Whose resolver failed, and was it the resolver: lookups alone do not say for which side of a mail they were made."""

from collections.abc import Sequence
from itertools import islice

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near
from wiretruth.ledger.history import within
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.names import NO_SUCH_DATA
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.purposes import DECIDING, purpose_of
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._lookup_failures import Failures, has_mail, severity
from wiretruth.rules.banner_mismatch import organisation

JUDGED = 64
"""Failures looked at for what they were made for, the first ones."""

BESIDE = 60 * NANOSECONDS
"""A resolver that answered other questions so shortly before or after was not down."""

MAX_OPEN = 256
"""Connections looked at for one that was open during a lookup: those that began last."""

LONGEST = 600 * NANOSECONDS
"""A session that takes mail, from its beginning to the lookups about it: RFC 5321 §4.5.3.2 gives ten minutes to a step."""


def side_of(failures: Failures, ledger: Ledger) -> Side:
    """Say on which side of the mail the resolver stands that failed.

    Nobody's, where a resolver asks authoritative servers itself, or where only one domain failed at a resolver that
    answered others: then that domain's own name servers may be down.
    """
    if not failures.recursive or one_domain(failures.all, ledger) is not None:
        return Side.UNKNOWN
    judged = failures.all[:JUDGED]
    receiving = sum(_was_deciding(r, ledger) for r in judged)
    return Side.RECIPIENT_RESOLVER if 2 * receiving >= len(judged) else Side.SENDER_RESOLVER


def side_of_deferral(failed: Sequence[Resolution], ledger: Ledger) -> Side:
    """Say whose fault it is that a server could not look up what it decides on."""
    return Side.RECIPIENT_RESOLVER if one_domain(failed, ledger) is None else Side.UNKNOWN


def one_domain(failed: Sequence[Resolution], ledger: Ledger) -> str | None:
    """Give the one organisation whose names failed, while the same resolver answered for others; ``None`` otherwise."""
    named = {organisation(r.name) for r in failed}
    if len(named) != 1 or not has_mail(failed[0].client, ledger):
        return None  # of hosts without mail not every lookup is kept
    start, end = failed[0].lookup.nearest.at - BESIDE, failed[-1].lookup.nearest.waited_until + BESIDE
    served = within(ledger.names.alike(_serving, (failed[0].client, failed[0].resolver)), start, end)
    return named.pop() if any(organisation(r.name) not in named for r in islice(served, JUDGED)) else None


def _serving(resolution: Resolution) -> tuple[str, str] | None:
    return (resolution.client, resolution.resolver) if resolution.rcode in NO_SUCH_DATA else None


def _was_deciding(resolution: Resolution, ledger: Ledger) -> bool:
    """It asks what only a receiver asks, or somebody's mail was just coming in at the host that asked."""
    lookup = resolution.lookup.nearest
    if purpose_of(lookup.question).purpose in DECIDING:
        return True
    return any(_is_open(c, lookup.at) for c in _coming_in(resolution.client, lookup.at, ledger))


def _coming_in(client: str, at: int, ledger: Ledger) -> list[Contact]:
    """Give the connections to the host that asked, the latest first; the loopback address stands for whoever captures."""
    if is_loopback(client):
        every = within(ledger.contacts.alike(_from_afar, True), at - LONGEST, at)
    else:
        every = within(ledger.contacts.to(client), at - LONGEST, at)
    return list(islice(reversed(every), MAX_OPEN))


def _from_afar(contact: Contact) -> bool | None:
    """Mail on its way in, where the hops tell."""
    return True if client_is_near(contact.connection) is False else None


def _is_open(contact: Contact, at: int) -> bool:
    return contact.at <= at <= contact.connection.nearest.last.at


def blame(failures: Failures, ledger: Ledger) -> Blame:
    """Blame the side whose resolver it is: what could not be looked up waits, and nothing is lost."""
    return Blame(side_of(failures, ledger), temporary=True, mail_safe=True)


def doubts(failures: Failures, ledger: Ledger) -> tuple[str, ...]:
    """Say who else may be at fault."""
    domain = one_domain(failures.all, ledger)
    if domain is None:
        return ()
    return (f"the name servers of {domain} are down or its signatures wrong: then every resolver fails",)


def deciding_captures(failures: Failures, ledger: Ledger) -> tuple[str, ...]:
    """Say which capture shows whether the resolver or the domain's own name servers failed."""
    if one_domain(failures.all, ledger) is None:
        return ()
    return (f"a capture on {failures.all[0].resolver} of what it asks the name servers itself",)


def told(code: str, failures: Failures, what: str, ledger: Ledger) -> Finding:
    """Tell failures that the resolver itself answered for: nothing was lost, so nothing is weighed.

    Args:
        code: of the finding.
        failures: as gathered.
        what: who did what to whom, in words.
        ledger: where the client's mail is.
    """
    first, count = failures.all[0], len(failures.all)
    return Finding(
        code=code,
        severity=severity(failures, ledger),
        confidence=Confidence.LIKELY,
        summary=(
            f"{what}: {count} lookup{'s' if count > 1 else ''} ({failures.names()})"
            + ("" if failures.unmended else "; each was answered on a later try")
        ),
        at=first.lookup.nearest.at,
        client=first.client,
        intended=Party(first.resolver, first.lookup.nearest.resolver.port, None, ("wire",)),
        blame=blame(failures, ledger),
        evidence=(failures.evidence(f"lookups that failed at {first.resolver}"),),
        still_possible=doubts(failures, ledger),
        settled_by=(f"the log of the resolver {first.resolver}", *deciding_captures(failures, ledger)),
    )
