"""Was it DNS? Lookups of the replying host that failed while it was deciding on this mail."""

from ipaddress import ip_address

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.intentions import recipient_domain
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._refusals import TEMPORARY, Refusal, refusals

_FAILED = (None, "SERVFAIL", "REFUSED")


def failed_lookups(contact: Contact, refusal: Refusal, ledger: Ledger) -> list[Resolution]:
    """Give the failed lookups of the server, within this session and up to its reply, for a domain that it concerned."""
    connection, dialogue = contact.connection, contact.connection.dialogue
    concerned = {recipient_domain(refusal.reverse_path or ""), *map(recipient_domain, refusal.recipients)}
    if dialogue is not None and dialogue.helo:
        concerned.add(casefold_name(dialogue.helo))
    domains = {d for d in concerned if d} | {reverse_name(connection.client.address)}
    asked = ledger.names.by_client(connection.contacted.address, contact.at, refusal.reply.at)
    return [r for r in asked if r.rcode in _FAILED and any(_within(r.name, d) for d in domains)]


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
