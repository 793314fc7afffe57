"""The end of a message was sent, and no reply was seen before the end.

What it sees
    The final dot (or the last BDAT chunk) passed, and the connection ended, or the capture long after, without the
    server's verdict on the message.

Why it matters
    Delivered or not cannot be known: the sender will send again, and the recipient may get the message twice; or the
    server had taken responsibility, and did not.

Innocent explanations
    The reply is on the wire, but not in this capture.

What to do next
    Ask the receiving side whether it has the message (Message-ID, time, envelope). If duplicates are common, look at how
    long its content filter takes: the reply must come within the client's patience.

References
    RFC 5321 section 4.5.3.2.6 (ten minutes), RFC 1047 (duplicate messages and SMTP).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue, Transaction
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import answered_early
from wiretruth.rules._telling import server_party, server_words
from wiretruth.rules._trouble import TroubledContact

CODE = "message-unconfirmed"

_REPLY = "SMTP reply"
"""Where the dialogue's faults lie that are the server's."""

PATIENCE = 10 * NANOSECONDS
"""Where the capture ends first, a shorter wait says nothing: filters take seconds."""


PATIENCE_OF_ALL = 3600 * NANOSECONDS
"""No client waits as long (RFC 5321 §4.5.3.2: ten minutes): where nobody closes for an hour, the capture missed it."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for messages that ended without the server's verdict."""
    if statement.connection.dialogue is None:
        return
    sighting = statement.connection.nearest
    if not sighting.from_server.packets:
        return
    for transaction in statement.connection.dialogue.transactions:
        if transaction.ended_at is not None and transaction.reply is None and _was_taken(transaction):
            yield from _judge(statement, statement.connection.dialogue, transaction, ledger)


def _was_taken(transaction: Transaction) -> bool:
    """Some recipient was accepted, as far as the replies were seen."""
    return any(p.reply is None or p.reply.code // 100 == 2 for p in transaction.forward_paths)  # noqa: PLR2004 - 2yz


def _judge(contact: Contact, dialogue: Dialogue, transaction: Transaction, ledger: Ledger) -> Iterator[Finding]:
    sighting = contact.connection.nearest
    ended = transaction.ended_at or 0
    watched_until = ledger.visibility.ends(sighting.vantage)
    over = _end(sighting, watched_until)
    until = over if over is not None else watched_until
    if over is None and until - ended < PATIENCE:
        return
    if over is not None and over < ended:
        return  # the server had closed before the message was complete: nobody took it
    doubts = []
    if over is None and until - ended > PATIENCE_OF_ALL:
        doubts.append("the end of the connection was not captured, and the reply may not have been either")
    if dialogue.missing_octets or sighting.from_server.missing_octets:
        doubts.append("the reply was lost to the capture: octets of this session are missing in it")
    elif ledger.visibility.loss_explains(sighting.vantage, 1):
        doubts.append(f"the reply was lost to the capture ({ledger.visibility.loss(sighting.vantage):.1%} loss)")
    garbled = next(
        (f.frame for f in dialogue.faults if f.where == _REPLY and (f.frame or 0) > (transaction.ended_frame or 0)), 0
    )
    if garbled:
        doubts.append(f"the server did say something, which is no SMTP reply (frame {garbled})")
    if (early := answered_early(dialogue)) is not None:
        doubts.append(early)
    recipients = ", ".join(p.mailbox for p in transaction.forward_paths)
    how = "the connection ended" if over is not None else "the capture ended"
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"a message of {transaction.octets} octets for {recipients} was sent to {server_words(contact, ledger)} to its "
            f"last dot and {how} {duration(until - ended)} later without a reply: delivered or not cannot be known"
        ),
        at=ended,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.UNKNOWN, temporary=True, mail_safe=None),
        evidence=(
            Evidence(
                "the end of the message",
                dialogue.vantage,
                (transaction.ended_frame,) if transaction.ended_frame else (),
            ),
            Evidence(f"{how} without a reply", sighting.vantage, (sighting.last.frame,)),
        ),
        still_possible=(*doubts, "the server took the message, and the sender will send it again"),
        settled_by=("the receiving server's log", "a capture on the receiving server"),
    )


def _end(sighting: Sighting, watched_until: int) -> int | None:
    """When nothing could be said any more: a client that only closed its own side still hears the verdict."""
    closed, left = sighting.from_server.fin, sighting.from_client.fin
    marks = [r.at for r in sighting.resets] + ([closed.at] if closed is not None else [])
    if not marks and left is not None and watched_until - left.at >= PATIENCE:
        return left.at
    return min(marks, default=None)
