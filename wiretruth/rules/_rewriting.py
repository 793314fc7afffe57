"""What packets and answers say about rewriting: the two rules on who was really contacted share this judgement."""

from dataclasses import dataclass
from ipaddress import ip_address
from itertools import islice

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near, is_submission, stays_on_host
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.intentions import JUST_BEFORE, Intention, recipient_domain
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import ForwardPath
from wiretruth.model.statements import Contact

CONNECT_TIME = 60 * NANOSECONDS
"""With the envelope naming the domain, addresses looked up this long before the connection still belong to it."""

AT_ONCE = NANOSECONDS // 100
"""A sender connects within this time of its last answer; between a check at RCPT and the delivery lie the rest of the
dialogue, the message and the queue."""

CHECK_TIME = 120 * NANOSECONDS
"""Lookups a receiving server makes about a sender come while that sender's dialogue is open, or shortly before."""

SAMPLE = 64
"""Contacts looked at for mail that went the same way without a lookup: what carries all mail shows it soon."""

MAIL_PORT = 25
"""Where MX records lead (RFC 5321 §2.3.3)."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A contact outside everything that its client was told for the domain it served."""

    intention: Intention
    doubts: tuple[str, ...]
    """Innocent explanations that the packets support; with any of these it is only possible."""


def proven_ends(contact: Contact) -> tuple[Endpoint, Endpoint] | None:
    """Give (intended, observed) where two records of this very connection disagree about the server."""
    sightings = contact.connection.sightings
    for sighting in sightings:
        if sighting.reply_source is not None and _is_taken_back(sighting):
            return sighting.reply_source, sighting.server
    intended, observed = sightings[0].server, sightings[-1].server
    return None if intended == observed else (intended, observed)


def _is_taken_back(sighting: Sighting) -> bool:
    """The host itself translates the answer back, so that its program sees whom it meant; else it throws the answer away."""
    return sighting.established is not None or is_loopback(sighting.server.address)


def answered_by_another(contact: Contact) -> Sighting | None:
    """Give the sighting of a SYN that another host answered than was addressed, so that no connection came about."""
    sightings = contact.connection.sightings
    return next((s for s in sightings if s.reply_source is not None and not _is_taken_back(s)), None)


def leaves_host(contact: Contact, ledger: Ledger) -> bool:
    """Tell whether this is mail on its way out, from a client that the capture stands near to or that asked DNS."""
    connection = contact.connection
    if stays_on_host(connection):
        return False
    near = client_is_near(connection)
    return (
        near
        if near is not None
        else ledger.names.asked(connection.client.address) or not ledger.names.asked(connection.server.address)
    )


def suspect(contact: Contact, ledger: Ledger) -> Suspicion | None:
    """Judge from envelope and answers whether a contact went elsewhere than meant; ``None`` where nothing says so."""
    connection = contact.connection
    server = connection.server.address
    if (
        ledger.names.knows(server, contact.at, contact.connection.client.address)
        or is_submission(connection)
        or proven_ends(contact)
    ):
        return None
    if not leaves_host(contact, ledger):
        return None
    intentions = [i for i in ledger.intentions.of(contact) if i.hosts.known]
    if not intentions or any(i.hosts.host_of(server) or _was_tried(contact, i, ledger) for i in intentions):
        return None
    latest = max(intentions, key=lambda i: i.looked_up)
    doubts = [
        *_unknown_hosts(contact, latest, ledger),
        *_late(contact, latest),
        *_of_another_host(contact, latest),
        *_smart_host(contact, ledger),
        *_asked_for_another_reason(contact, latest, ledger),
        *_lost(contact, ledger),
    ]
    return Suspicion(latest, tuple(doubts))


def _was_tried(contact: Contact, intention: Intention, ledger: Ledger) -> bool:
    client, since = contact.connection.client.address, intention.hosts.basis.at
    return ledger.contacts.reached_any(client, intention.hosts.addresses, since, contact.at + JUST_BEFORE)


def _unknown_hosts(contact: Contact, intention: Intention, ledger: Ledger) -> list[str]:
    client, server = contact.connection.client.address, contact.connection.server.address
    wanted = "A" if ip_address(server).version == 4 else "AAAA"  # noqa: PLR2004 - the versions are their own names
    unknown = [
        host.name
        for host in intention.hosts.hosts
        if ledger.names.latest(client, host.name, wanted, contact.at) is None
    ]
    if not unknown:
        return []
    return [f"{server} is an address of {unknown[0]} that was cached before the capture began"]


def _late(contact: Contact, intention: Intention) -> list[str]:
    allowed = CONNECT_TIME if intention.from_envelope else JUST_BEFORE
    if intention.looked_up > contact.at:
        return ["the connection was open before the lookups: another mail chose the host"]
    if contact.at - intention.looked_up <= allowed:
        return []
    return ["the lookups belong to other mail: the connection came long after them"]


def _of_another_host(contact: Contact, intention: Intention) -> list[str]:
    """Another address asked, over the other IP version: moments before, it is the same host."""
    asked_by, client = ip_address(intention.hosts.basis.client), ip_address(contact.connection.client.address)
    if asked_by.is_loopback or asked_by.version == client.version or contact.at - intention.looked_up <= JUST_BEFORE:
        return []
    return [f"{asked_by}, which made the lookups, is another host than {client}"]


def _smart_host(contact: Contact, ledger: Ledger) -> list[str]:
    """Mail for a domain that was never looked up went the same way: that is what a smart host looks like."""
    client, server = contact.connection.client.address, contact.connection.server.address
    for other in islice(ledger.contacts.to(server, client), SAMPLE):
        dialogue = other.connection.dialogue
        paths = [p for t in dialogue.transactions for p in t.forward_paths] if dialogue else []
        domains = {d for p in paths if (d := recipient_domain(p.mailbox)) is not None}
        unasked = [d for d in sorted(domains) if not ledger.names.asked_for(client, d, "MX")]
        if unasked:
            return [f"{server} is this host's smart host: mail for {unasked[0]} went there without any lookup"]
    return []


def _asked_for_another_reason(contact: Contact, intention: Intention, ledger: Ledger) -> list[str]:
    """The host was receiving mail from or for that very domain; receivers look up senders and recipients."""
    asked, since = intention.looked_up, intention.hosts.basis.at - CHECK_TIME
    for inbound in ledger.contacts.inbound_to(contact.connection.client.address, since, asked):
        dialogue = inbound.connection.dialogue
        for transaction in dialogue.transactions if dialogue else ():
            if recipient_domain(transaction.reverse_path) == intention.domain:
                return [f"{intention.domain} was looked up to check mail that came from it"]
            if any(_was_checked(path, intention) for path in transaction.forward_paths):
                return [f"{intention.domain} was looked up to check a recipient of mail that came in"]
        if _hides(inbound, asked) and contact.at - asked > AT_ONCE:
            return [f"{intention.domain} was looked up to check mail that came in under TLS"]
    return []


def _was_checked(path: ForwardPath, intention: Intention) -> bool:
    """The lookups lie between RCPT and its reply."""
    asked = intention.looked_up
    answered = path.reply is None or asked <= path.reply.at
    return path.at <= asked and answered and recipient_domain(path.mailbox) == intention.domain


def _hides(inbound: Contact, moment: int) -> bool:
    """A session that cannot be read was open at that moment."""
    dialogue = inbound.connection.dialogue
    return dialogue is not None and dialogue.tls is not None and inbound.connection.nearest.last.at >= moment


def _lost(contact: Contact, ledger: Ledger) -> list[str]:
    vantage = contact.connection.nearest.vantage
    if not ledger.visibility.loss_explains(vantage, 1):
        return []
    return [f"the answer that names this address was lost to the capture ({ledger.visibility.loss(vantage):.1%} loss)"]
