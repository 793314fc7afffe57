"""Replies with which a server refused mail: one entry for each step, code and set of recipients."""

from collections.abc import Iterator
from dataclasses import dataclass

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import Acceptance
from wiretruth.model.finding import Side
from wiretruth.model.smtp import Dialogue, Reply, Step, Transaction
from wiretruth.model.statements import Contact

POSITIVE, TEMPORARY, PERMANENT = 2, 4, 5
"""First digits of replies that accept, refuse for now, and refuse for good (RFC 5321 §4.2.1)."""

BAD_SEQUENCE = 503

_SIDES = {
    "1": Side.RECIPIENT,
    "2": Side.RECIPIENT,
    "3": Side.RECIPIENT,
    "4": Side.RECIPIENT,
    "5": Side.SENDER,
    "6": Side.SENDER,
}
_OF_SENDER = frozenset({
    "1.7", "1.8", "7.8", "7.9", "7.10", "7.11", "7.12", "7.14", "7.20", "7.21", "7.22", "7.23", "7.25", "7.26", "7.27", "7.28", "7.29",
})  # fmt: skip
"""Its address or domain, its credentials, its SPF, DKIM, DMARC and reverse name, the amount that it sends."""
_ROUTING_BY_NAME = ("4.3",)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A 4yz or 5yz reply that kept mail from being accepted."""

    step: Step
    reply: Reply
    reverse_path: str | None
    recipients: tuple[str, ...]

    @property
    def words(self) -> str:
        """The reply as the server gave it, its lines joined."""
        return f"{self.reply.code} {' '.join(self.reply.lines)}".strip()

    @property
    def side(self) -> Side:
        """Whose side the enhanced code speaks of (RFC 3463 §3); the recipient's where it does not say."""
        detail = (self.reply.enhanced or "").partition(".")[2]
        if detail in _OF_SENDER:
            return Side.SENDER
        if detail in _ROUTING_BY_NAME:
            return Side.RECIPIENT_RESOLVER
        return _SIDES.get(detail[:1], Side.RECIPIENT)


def refusals(dialogue: Dialogue) -> Iterator[Refusal]:
    """Give every refusal of a dialogue, in order; consequences of an earlier refusal are left out."""
    if dialogue.greeting is not None and _refuses(dialogue.greeting):
        yield Refusal(Step.BANNER, dialogue.greeting, None, ())
    greetings = [x.reply for x in dialogue.exchanges if x.step is Step.EHLO and x.reply is not None]
    if greetings and _refuses(greetings[-1]) and not any(_takes(t.mail_reply) for t in dialogue.transactions):
        yield Refusal(Step.EHLO, greetings[-1], None, ())
    for transaction in dialogue.transactions:
        if not _changed_nothing(transaction, dialogue):
            yield from _of_transaction(transaction)


def _changed_nothing(transaction: Transaction, dialogue: Dialogue) -> bool:
    """Tell whether a MAIL was refused within a transaction that went on (RFC 5321 §4.1.4), and whose message was taken."""
    if transaction.mail_reply is None or transaction.mail_reply.code != BAD_SEQUENCE:
        return False
    around = (t for t in dialogue.transactions if t.at < transaction.at and t.reply is not None and _takes(t.reply))
    return any(t.reply is not None and t.reply.at > transaction.mail_reply.at for t in around)


def _of_transaction(transaction: Transaction) -> Iterator[Refusal]:
    sender, everyone = transaction.reverse_path, tuple(p.mailbox for p in transaction.forward_paths)
    if transaction.mail_reply is not None and _refuses(transaction.mail_reply):
        yield Refusal(Step.MAIL, transaction.mail_reply, sender, everyone)
        return
    yield from _of_recipients(transaction)
    accepted = tuple(
        p.mailbox for p in transaction.forward_paths if p.reply is not None and p.reply.code // 100 == POSITIVE
    )
    for step, reply in ((Step.DATA, transaction.data_reply), (Step.END_OF_DATA, transaction.reply)):
        if accepted and reply is not None and _refuses(reply):
            yield Refusal(step, reply, sender, accepted)


def _of_recipients(transaction: Transaction) -> Iterator[Refusal]:
    alike: dict[tuple[int, str | None], list[tuple[str, Reply]]] = {}
    for path in transaction.forward_paths:
        if path.reply is not None and _refuses(path.reply):
            alike.setdefault((path.reply.code, path.reply.enhanced), []).append((path.mailbox, path.reply))
    for refused in alike.values():
        yield Refusal(Step.RCPT, refused[0][1], transaction.reverse_path, tuple(mailbox for mailbox, _ in refused))


def _refuses(reply: Reply) -> bool:
    return reply.code // 100 in (TEMPORARY, PERMANENT)


def _takes(reply: Reply | None) -> bool:
    return reply is not None and reply.code // 100 == POSITIVE


def accepted_later(contact: Contact, refusal: Refusal, ledger: Ledger) -> Acceptance | None:
    """Give the last of the acceptances with which every refused recipient's same envelope was taken later on.

    ``None`` where that was not seen, or where the refusal came before any recipient was named.
    """
    client, sender = contact.connection.client.address, refusal.reverse_path or ""
    taken = [ledger.contacts.accepted(client, sender, mailbox, refusal.reply.at) for mailbox in refusal.recipients]
    found = [acceptance for acceptance in taken if acceptance is not None]
    if not found or len(found) < len(taken):
        return None
    return max(found, key=lambda acceptance: acceptance.at)


def accepted_another_way(contact: Contact, refusal: Refusal) -> bool:
    """Tell whether the client mended what was refused, in the same session: MAIL without a parameter, or behind AUTH."""
    dialogue = contact.connection.dialogue
    waiting = set(refusal.recipients)
    for transaction in dialogue.transactions if dialogue else ():
        accepted = transaction.reply is not None and transaction.reply.code // 100 == POSITIVE
        if accepted and transaction.at >= refusal.reply.at and transaction.reverse_path == refusal.reverse_path:
            waiting -= {p.mailbox for p in transaction.forward_paths if p.reply and p.reply.code // 100 == POSITIVE}
            if not waiting:
                return True
    return False


def recipients_words(recipients: tuple[str, ...]) -> str:
    """Say whom a refusal is about: one mailbox, or the first and how many more."""
    if not recipients:
        return ""
    more = f" and {len(recipients) - 1} more" if len(recipients) > 1 else ""
    return f" for {recipients[0]}{more}"
