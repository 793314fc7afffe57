"""Deliveries: the mail of one client for one recipient domain, gathered from its connections."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wiretruth.ledger.contacts import client_is_near, is_submission, stays_on_host
from wiretruth.ledger.intentions import Intention, Intentions, recipient_domain
from wiretruth.ledger.names import Names
from wiretruth.model.connection import TiedLookup
from wiretruth.model.delivery import Attempt, Delivery, DeliveryOutcome, ExpectedHost
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Dialogue, Reply, Step, Transaction
from wiretruth.model.statements import Contact

_WORD = {2: DeliveryOutcome.ACCEPTED, 4: DeliveryOutcome.DEFERRED, 5: DeliveryOutcome.REJECTED}
_LastWord = tuple[str, DeliveryOutcome, Reply | None]
"""Mailbox, what became of it, and the reply that says so."""
_GRAVEST_FIRST = (DeliveryOutcome.REJECTED, DeliveryOutcome.DEFERRED, DeliveryOutcome.UNKNOWN)


@dataclass(slots=True)
class _Gathering:
    client: str
    domain: str
    inbound: bool
    lookups: dict[int, TiedLookup] = field(default_factory=dict)
    expected: tuple[ExpectedHost, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    words: dict[str, tuple[DeliveryOutcome, Reply | None]] = field(default_factory=dict)
    recipients: dict[str, None] = field(default_factory=dict)

    def delivery(self) -> Delivery:
        outcomes = [outcome for outcome, _ in self.words.values()]
        outcome = next((o for o in _GRAVEST_FIRST if o in outcomes), None)
        if outcome is None:
            outcome = DeliveryOutcome.ACCEPTED if outcomes else DeliveryOutcome.UNKNOWN
        replies = [reply for _, reply in self.words.values() if reply] or [a.reply for a in self.attempts if a.reply]
        return Delivery(
            self.client,
            self.domain,
            tuple(self.recipients),
            tuple(sorted(self.lookups.values(), key=_asked)),
            self.expected,
            tuple(self.attempts),
            outcome,
            max(replies, key=lambda r: r.at) if replies else None,
            self.inbound,
        )


def _asked(lookup: TiedLookup) -> tuple[int, tuple[int, ...]]:
    return lookup.nearest.at, lookup.nearest.frames


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
                gatherings[key] = _Gathering(connection.client.address, domain, _is_inbound(contact, names))
            _note(gatherings[key], contact, meant.get(domain), words.get(domain, []))
    return [gathering.delivery() for gathering in gatherings.values()]


def _is_inbound(contact: Contact, names: Names) -> bool:
    client, server = contact.connection.client.address, contact.connection.server.address
    near = client_is_near(contact.connection)
    if near is not None and not is_submission(contact.connection):
        return not near
    return names.asked(server) and not names.asked(client)


def _note(gathering: _Gathering, contact: Contact, intention: Intention | None, words: list[_LastWord]) -> None:
    if intention is not None:
        gathering.expected = intention.hosts.hosts
        gathering.lookups.update((id(r.lookup), r.lookup) for r in intention.hosts.told)
    for mailbox, outcome, reply in words:
        gathering.recipients[mailbox] = None
        if reply is not None or mailbox not in gathering.words:
            gathering.words[mailbox] = (outcome, reply)
    replies = [reply for _, _, reply in words if reply]
    gathering.attempts.append(
        Attempt(
            contact.at,
            contact.connection,
            step_reached(contact),
            max(replies, key=lambda r: r.at) if replies else _last_reply(contact.connection.dialogue),
        )
    )


def step_reached(contact: Contact) -> Step:
    """Give the step in which a connection ended, or stands."""
    connection = contact.connection
    if connection.outcome in (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN):
        return Step.CONNECT
    if connection.dialogue is None or not connection.dialogue.exchanges:
        return Step.BANNER
    return connection.dialogue.exchanges[-1].step


def _last_reply(dialogue: Dialogue | None) -> Reply | None:
    replies = [x.reply for x in dialogue.exchanges if x.reply and x.step is not Step.QUIT] if dialogue else []
    return replies[-1] if replies else None


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
