"""Where a dialogue stood: the rules on what was silently lost share these questions."""

from dataclasses import dataclass

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Evidence
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome, Reset, Sighting
from wiretruth.model.smtp import Dialogue, Exchange, Reply, Step, Transaction
from wiretruth.model.statements import Contact
from wiretruth.rules._refusals import POSITIVE
from wiretruth.rules._telling import server_words

IMPLICIT_TLS_PORT = 465
"""Here the client speaks first (RFC 8314 §3.3): a server that says nothing is waiting."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that the client waits for."""

    step: Step
    asked: int
    asked_frame: int


def pending(contact: Contact) -> Pending | None:
    """Give the first thing asked and never answered, QUIT left out; ``None`` where the server owes nothing readable."""
    dialogue, sighting = contact.connection.dialogue, contact.connection.nearest
    if dialogue is None:
        if sighting.established is None or sighting.server.port == IMPLICIT_TLS_PORT or _spoke(sighting):
            return None
        if not sighting.followed:
            return None
        return Pending(Step.BANNER, sighting.established.at, sighting.established.frame)
    if dialogue.tls is not None:
        return None
    owed = next((x for x in dialogue.exchanges if x.reply is None and x.step is not Step.QUIT), None)
    if owed is None or _answered_later(dialogue, owed):
        return None
    return Pending(owed.step, owed.asked, owed.asked_frame)


def _spoke(sighting: Sighting) -> bool:
    return sighting.from_server.octets > 0 or sighting.from_client.octets > 0


def _answered_later(dialogue: Dialogue, owed: Exchange) -> bool:
    """A later answer means that this one was lost to the capture, or the pairing of replies is."""
    return any(x.reply is not None and x.reply.at > owed.asked for x in dialogue.exchanges if x.asked > owed.asked)


def answered_early(dialogue: Dialogue) -> str | None:
    """Give, in words, that the server took something before it was asked: the capture swapped packets, or lost a command."""
    said = sum(isinstance(event, Reply) and event.code // 100 == POSITIVE for event in dialogue.events)
    heeded = sum(x.reply is not None and x.reply.code // 100 == POSITIVE for x in dialogue.exchanges)
    return "a reply stands before what it answers: the capture swapped packets" if said > heeded else None


def open_transaction(dialogue: Dialogue | None) -> Transaction | None:
    """Give the transaction on whose message the server has not had its last word."""
    if dialogue is None or not dialogue.transactions:
        return None
    last = dialogue.transactions[-1]
    return last if last.reply is None and not last.abandoned and not _refused(last) else None


def _refused(transaction: Transaction) -> bool:
    replies = [transaction.mail_reply, transaction.data_reply]
    if transaction.forward_paths and all(p.reply is not None for p in transaction.forward_paths):
        rcpt = [p.reply for p in transaction.forward_paths]
        if all(r is not None and r.code // 100 in (4, 5) for r in rcpt):
            return True
    return any(r is not None and r.code // 100 in (4, 5) for r in replies)


def something_left_to_do(contact: Contact) -> bool:
    """Tell whether mail was under way, or still to come: not behind QUIT or RSET, nor when the message had its verdict."""
    dialogue = contact.connection.dialogue
    if dialogue is None or open_transaction(dialogue) is not None or dialogue.tls is not None:
        return True
    last = dialogue.transactions[-1] if dialogue.transactions else None
    begun = last.at if last is not None else 0
    if any(_parts(x) and x.asked > begun for x in dialogue.exchanges):
        return False
    return last is None or pending(contact) is not None or (last.reply is None and not _refused(last))


def _parts(exchange: Exchange) -> bool:
    return exchange.step is Step.QUIT or (exchange.command is not None and exchange.command.verb == "RSET")


def stuck_step(contact: Contact) -> Step:
    """Give the step in which the connection stood at its end."""
    transaction = open_transaction(contact.connection.dialogue)
    if transaction is not None and transaction.data_reply is not None and transaction.ended_at is None:
        return Step.DATA
    waiting = pending(contact)
    if waiting is not None:
        return waiting.step
    dialogue = contact.connection.dialogue
    return dialogue.exchanges[-1].step if dialogue and dialogue.exchanges else Step.BANNER


def subject(contact: Contact, ledger: Ledger) -> str:
    """Say which session is meant: both ends, the server with its name."""
    return f"the session of {contact.connection.client.address} with {server_words(contact, ledger)}"


def ending_reset(sighting: Sighting) -> Reset | None:
    """Give the reset that ended an established connection."""
    return sighting.resets[0] if sighting.outcome is Outcome.RESET and sighting.resets else None


def asked_evidence(contact: Contact, waiting: Pending, text: str) -> Evidence:
    """Give the frame with which the wait began."""
    return Evidence(text, contact.connection.nearest.vantage, (waiting.asked_frame,))


def side_words(sighting: Sighting, from_client: bool) -> tuple[Endpoint, Endpoint]:
    """Give (sender, receiver) of one direction."""
    return (sighting.client, sighting.server) if from_client else (sighting.server, sighting.client)
