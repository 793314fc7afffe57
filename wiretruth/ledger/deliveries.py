"""Deliveries: the mail of one client for one recipient domain, gathered from its connections."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wiretruth.ledger.contacts import client_is_near, is_submission, stays_on_host
from wiretruth.ledger.deciding import deciding
from wiretruth.ledger.intentions import Intention, Intentions, recipient_domain
from wiretruth.ledger.names import Names
from wiretruth.ledger.queue_ids import queue_id
from wiretruth.model.connection import TiedLookup
from wiretruth.model.delivery import Attempt, Delivery, DeliveryOutcome, ExpectedHost
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Dialogue, Reply, Step, Transaction
from wiretruth.model.statements import Contact

_WORD = {2: DeliveryOutcome.ACCEPTED, 4: DeliveryOutcome.DEFERRED, 5: DeliveryOutcome.REJECTED}
_UNCONNECTED = (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN)
_LastWord = tuple[str, DeliveryOutcome, Reply | None]
"""Mailbox, what became of it, and the reply that says so."""
MAX_DECIDING = 256
"""Lookups kept of one delivery that came in: a receiver makes a dozen, and a hundred retries repeat them."""

_GRAVEST_FIRST = (DeliveryOutcome.REJECTED, DeliveryOutcome.DEFERRED, DeliveryOutcome.UNKNOWN)


@dataclass(slots=True)
class _Gathering:
    client: str
    domain: str
    inbound: bool
    lookups: dict[int, TiedLookup] = field(default_factory=dict)
    deciding: dict[int, TiedLookup] = field(default_factory=dict)
    expected: tuple[ExpectedHost, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    words: dict[str, tuple[DeliveryOutcome, Reply | None]] = field(default_factory=dict)
    """Of every recipient, in the order first seen, what became of it."""

    def delivery(self) -> Delivery:
        reply = _last(reply for _, reply in self.words.values()) or _last(a.reply for a in self.attempts)
        return Delivery(
            self.client,
            self.domain,
            tuple(self.words),
            tuple(sorted(self.lookups.values(), key=_asked)),
            self.expected,
            tuple(self.attempts),
            _gravest(outcome for outcome, _ in self.words.values()),
            reply,
            self.inbound,
            queue_id=next((a.queue_id for a in reversed(self.attempts) if a.queue_id), None),
            deciding=tuple(sorted(self.deciding.values(), key=_asked)),
        )


def _gravest(outcomes: Iterable[DeliveryOutcome]) -> DeliveryOutcome:
    """Give what became of a delivery from what became of its recipients: unknown where there are none."""
    seen = set(outcomes)
    by_default = DeliveryOutcome.ACCEPTED if seen else DeliveryOutcome.UNKNOWN
    return next((outcome for outcome in _GRAVEST_FIRST if outcome in seen), by_default)


def _asked(lookup: TiedLookup) -> tuple[Mark | None, ...]:
    nearest = lookup.sightings[0]
    return nearest.queries or (nearest.response,)


def _last(replies: Iterable[Reply | None]) -> Reply | None:
    """Give the latest reply, of several at once the first."""
    last = None
    for reply in replies:
        if reply is not None and (last is None or reply.at > last.at):
            last = reply
    return last


def gather(contacts: Iterable[Contact], intentions: Intentions, names: Names) -> list[Delivery]:
    """Group contacts by client and recipient domain, in the order of their first attempt.

    A connection that served several domains is an attempt in each; one whose domain nothing tells is a delivery of its
    own to the empty domain. Connections that never leave the host are left out.
    """
    gatherings: dict[tuple[str, str, str], _Gathering] = {}
    for contact in sorted(contacts, key=lambda c: (c.at, c.connection.nearest.serial)):
        connection = contact.connection
        if stays_on_host(connection):
            continue
        meant = {i.domain: i for i in intentions.of(contact)}
        words = last_words(connection.dialogue)
        for domain in words or meant or ("",):
            known_by = connection.server.address if not domain else ""
            key = (connection.client.address, domain, known_by)
            if key not in gatherings:
                known = meant[domain].domain if domain in meant else domain  # the same text, kept once
                gatherings[key] = _Gathering(connection.client.address, known, _is_inbound(contact, names))
            _note(gatherings[key], contact, meant.get(domain), words.get(domain, []))
            if domain in meant and meant[domain].hosts.host_of(connection.server.address) is None:
                _note_telling(gatherings[key], contact, names)
            if gatherings[key].inbound:
                _note_deciding(gatherings[key], contact, names)
    return [gathering.delivery() for gathering in gatherings.values()]


def _is_inbound(contact: Contact, names: Names) -> bool:
    client, server = contact.connection.client.address, contact.connection.server.address
    near = client_is_near(contact.connection)
    if near is not None and not is_submission(contact.connection):
        return not near
    return names.asked(server) and not names.asked(client)


def _note(gathering: _Gathering, contact: Contact, intention: Intention | None, words: list[_LastWord]) -> None:
    if intention is not None:
        gathering.expected = _for_client(intention.hosts.hosts, gathering.client)
        for told in intention.hosts.told:
            gathering.lookups[id(told.lookup)] = told.lookup
    for mailbox, outcome, reply in words:
        if reply is not None or mailbox not in gathering.words:
            gathering.words[mailbox] = (outcome, reply)
    outcome = _gravest(word for _, word, _ in words)
    decisive = _last(reply for _, word, reply in words if word is outcome)
    reply = decisive or _last(reply for _, _, reply in words) or _last_reply(contact.connection.dialogue)
    accepted = next((queue_id(reply) for _, word, reply in words if word is DeliveryOutcome.ACCEPTED), None)
    gathering.attempts.append(Attempt(contact.at, contact.connection, step_reached(contact), reply, outcome, accepted))


def _note_telling(gathering: _Gathering, contact: Contact, names: Names) -> None:
    """Keep the answer that named an address which is no mail host's: a search domain's, or that of another name."""
    for told in names.telling(contact.connection.server.address, contact.connection.client.address, contact.at)[-1:]:
        gathering.lookups[id(told.lookup)] = told.lookup


def _for_client(hosts: tuple[ExpectedHost, ...], client: str) -> tuple[ExpectedHost, ...]:
    """A client that is a mail host of the domain itself tries only those that come before it (RFC 5321 §5.1)."""
    own = next((h.preference for h in hosts if client in h.addresses and h.preference is not None), None)
    return hosts if own is None else tuple(h for h in hosts if h.preference is not None and h.preference < own)


def _note_deciding(gathering: _Gathering, contact: Contact, names: Names) -> None:
    """Keep what the server asked, once for each attempt, and MAX_DECIDING of it for a delivery."""
    for resolution in deciding(contact, names):
        if len(gathering.deciding) >= MAX_DECIDING:
            return
        gathering.deciding[id(resolution.lookup)] = resolution.lookup


def step_reached(contact: Contact) -> Step:
    """Give the step in which a connection ended, or stands."""
    connection = contact.connection
    if connection.outcome in _UNCONNECTED:
        return Step.CONNECT
    if connection.dialogue is None or not connection.dialogue.exchanges:
        return Step.BANNER
    return connection.dialogue.exchanges[-1].step


def _last_reply(dialogue: Dialogue | None) -> Reply | None:
    heard = (x.reply for x in reversed(dialogue.exchanges) if x.reply and x.step is not Step.QUIT) if dialogue else ()
    return next(iter(heard), None)


def last_words(dialogue: Dialogue | None) -> dict[str, list[_LastWord]]:
    """Give the server's last word on each mailbox, by domain (``""`` where a mailbox has none), in wire order.

    A mailbox of several transactions comes several times.
    """
    found: dict[str, list[_LastWord]] = {}
    for transaction in dialogue.transactions if dialogue else ():
        for path in transaction.forward_paths:
            words = found.setdefault(recipient_domain(path.mailbox) or "", [])
            words.append((path.mailbox, *_word(transaction, path.reply)))
    return found


def _word(transaction: Transaction, rcpt_reply: Reply | None) -> tuple[DeliveryOutcome, Reply | None]:
    for reply in (transaction.mail_reply, rcpt_reply, transaction.data_reply):
        if reply is not None and reply.code // 100 in (4, 5):
            return _WORD[reply.code // 100], reply
    if transaction.reply is None:
        return DeliveryOutcome.UNKNOWN, None
    return _WORD.get(transaction.reply.code // 100, DeliveryOutcome.UNKNOWN), transaction.reply
