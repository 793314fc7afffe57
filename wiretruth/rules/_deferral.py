"""Was it DNS? Lookups of the replying host that failed while it was deciding on this mail."""

import re
from ipaddress import ip_address

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.intentions import recipient_domain
from wiretruth.model.dns import casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._lookup_failures import mended
from wiretruth.rules._refusals import TEMPORARY, Refusal, refusals

_FAILED = (None, "SERVFAIL", "REFUSED")

_DNS_STATUS = frozenset({"4.1.8", "4.4.3", "4.7.25", "4.7.27", "4.4.4"})
"""Sender's domain, directory server, reverse DNS, sender's MX, routing (RFC 3463, RFC 7372, RFC 7505): all said of DNS."""

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
    connection, dialogue = contact.connection, contact.connection.dialogue
    concerned = {recipient_domain(refusal.reverse_path or ""), *map(recipient_domain, refusal.recipients)}
    if dialogue is not None and dialogue.helo:
        concerned.add(casefold_name(dialogue.helo))
    domains = {d for d in concerned if d} | {reverse_name(connection.client.address)}
    asked = ledger.names.by_client(connection.contacted.address, contact.at, refusal.reply.at)
    failed = [r for r in asked if r.rcode in _FAILED and any(_within(r.name, d) for d in domains)]
    return [r for r in failed if not mended(r, ledger, refusal.reply.at)]


def _speaks_of_dns(contact: Contact, refusal: Refusal) -> bool:
    if refusal.reply.enhanced in _DNS_STATUS or any(map(_DNS_WORDS.search, refusal.reply.lines)):
        return True
    dialogue = contact.connection.dialogue
    asked = [x.asked for x in dialogue.exchanges if x.reply == refusal.reply] if dialogue else []
    return any(refusal.reply.at - at >= RESOLVER_PATIENCE for at in asked)


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


def reverse_name(address: str) -> str:
    """Give the name under which an IPv4 address is looked up (RFC 1035 §3.5); IPv6 likewise (RFC 3596 §2.5)."""
    return ip_address(address).reverse_pointer


def deferred_between(server: str, start: int, end: int, ledger: Ledger) -> int:
    """Count the temporary refusals that a server gave from *start* to *end*."""
    return sum(
        start <= refusal.reply.at <= end and refusal.reply.code // 100 == TEMPORARY
        for contact in ledger.contacts.to(server)
        if contact.connection.dialogue is not None
        for refusal in refusals(contact.connection.dialogue)
    )
