"""Was it DNS? Lookups of the replying host that failed while it was deciding on this mail."""

import re

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.deciding import deciding
from wiretruth.ledger.intentions import recipient_domain
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._lookup_failures import mended
from wiretruth.rules._refusals import TEMPORARY, Refusal, refusals

_FAILED = (None, "SERVFAIL", "REFUSED")

_DNS_STATUS = frozenset({"4.1.8", "4.4.3", "4.7.24", "4.7.25", "4.7.27", "4.4.4"})
"""Sender's domain, directory server, SPF, reverse DNS, sender's MX, routing (RFC 3463, RFC 7372, RFC 7505): all of DNS."""

_DNS_WORDS = re.compile(
    r"\b(?:dns|domain not found|host not found|resol\w+|look ?up|hostname|name servers?|mx)\b", re.IGNORECASE
)

RESOLVER_PATIENCE = 5 * NANOSECONDS
"""A reply that took this long to think of may well have waited for a resolver (glibc: 5 s a try)."""


def failed_lookups(contact: Contact, refusal: Refusal, ledger: Ledger) -> list[Resolution]:
    """Give the failed lookups of the server, within this session and up to its reply, for a domain that it concerned.

    Nothing, where neither the words of the reply nor the time that it took speak of DNS: reverse lookups fail all day.
    """
    if not _speaks_of_dns(contact, refusal):
        return []
    asked = deciding(contact, ledger.names, refusal.reply.at, concerned(refusal))
    failed = [r for r in asked if r.rcode in _FAILED]
    return [r for r in failed if not mended(r, ledger, refusal.reply.at)]


def concerned(refusal: Refusal) -> list[str]:
    """Give the domains of a refused envelope."""
    domains = map(recipient_domain, (refusal.reverse_path or "", *refusal.recipients))
    return [domain for domain in domains if domain is not None]


def undecided(contact: Contact, refusal: Refusal, ledger: Ledger) -> bool:
    """Tell whether a temporary refusal speaks of DNS, and nothing shows whose: none of the server's lookups is in view.

    "Domain not found" is what a server says both where the domain is not there and where its own resolver is down.
    """
    if refusal.reply.code // 100 != TEMPORARY or refusal.reply.enhanced not in _DNS_STATUS:
        return False
    return next(deciding(contact, ledger.names, refusal.reply.at, concerned(refusal)), None) is None


def _speaks_of_dns(contact: Contact, refusal: Refusal) -> bool:
    if refusal.reply.enhanced in _DNS_STATUS or any(map(_DNS_WORDS.search, refusal.reply.lines)):
        return True
    dialogue = contact.connection.dialogue
    asked = [x.asked for x in dialogue.exchanges if x.reply == refusal.reply] if dialogue else []
    return any(refusal.reply.at - at >= RESOLVER_PATIENCE for at in asked)


def deferred_between(server: str, start: int, end: int, ledger: Ledger) -> int:
    """Count the temporary refusals that a server gave from *start* to *end*."""
    return sum(
        start <= refusal.reply.at <= end and refusal.reply.code // 100 == TEMPORARY
        for contact in ledger.contacts.to(server)
        if contact.connection.dialogue is not None
        for refusal in refusals(contact.connection.dialogue)
    )
