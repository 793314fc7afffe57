"""A reset ended an established dialogue, and fits the side that it speaks for.

What it sees
    RST while the server still owed a reply or a message was under way. The step is named. Resets behind QUIT, or of a
    client that only looked in, are ordinary and not reported.

Why it matters
    The attempt failed; the sender tries again. If it happened after the end of the message, it may be delivered twice.

Innocent explanations
    The program on that side crashed or was restarted, or a limit was reached; a full device on the path may do the same.

What to do next
    Look into the log of the side that sent it, at that time.

References
    RFC 9293 section 3.5.2 (reset), RFC 5321 section 3.8 (a connection should end with QUIT and 221).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Reset, Sighting
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import (
    ending_reset,
    open_transaction,
    pending,
    side_words,
    something_left_to_do,
    stuck_step,
    subject,
)
from wiretruth.rules._resets import foreign_reset, injected_between
from wiretruth.rules._telling import server_party
from wiretruth.rules._trouble import TroubledContact
from wiretruth.rules.reset_injected import INDEPENDENT_MARKS

CODE = "session-reset"


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report a reset that cut off a dialogue with something left undone."""
    sighting = statement.connection.nearest
    reset = ending_reset(sighting)
    if reset is None or reset.answers_closed or sighting.half(reset.from_client).fin or _had_left(statement, reset):
        return
    foreign = foreign_reset(sighting)
    if foreign is not None and len(foreign[1]) >= INDEPENDENT_MARKS:
        return
    if injected_between(statement.connection, ledger) is not None:
        return
    if _undone(statement, reset):
        yield _finding(statement, reset, ledger)


def _had_left(contact: Contact, reset: Reset) -> bool:
    """The other side had closed before, and not for want of a reply: the reset cuts nobody off."""
    fin = contact.connection.nearest.half(not reset.from_client).fin
    return fin is not None and fin.at <= reset.at and pending(contact) is None


def _undone(contact: Contact, reset: Reset) -> bool:
    if open_transaction(contact.connection.dialogue) is not None:
        return True
    dialogue = contact.connection.dialogue
    begun = dialogue is not None and bool(dialogue.transactions) and something_left_to_do(contact)
    return not reset.from_client and (begun or pending(contact) is not None)


def _who(reset: Reset) -> str:
    return "the client" if reset.from_client else "the server"


def _unread(sighting: Sighting) -> bool:
    """Tell whether words of the session are not in the capture: the last ones may be among them."""
    return any(half.cut_octets or half.missing_octets for half in (sighting.from_client, sighting.from_server))


def _otherwise(sighting: Sighting, sender: Endpoint) -> str:
    if _unread(sighting):
        return "the session was over: part of what was said is not in the capture, and its end may be in that"
    if (foreign := foreign_reset(sighting)) is not None:
        return f"somebody else sent it in the name of {sender.address}: {foreign[1][0]}"
    return f"a device before {sender.address} sent it with the same TTL"


def _finding(contact: Contact, reset: Reset, ledger: Ledger) -> Finding:
    sighting = contact.connection.nearest
    sender, _ = side_words(sighting, reset.from_client)
    transaction = open_transaction(contact.connection.dialogue)
    unsure = transaction is not None and transaction.ended_at is not None
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if _unread(sighting) else Confidence.LIKELY,
        summary=f"{_who(reset)} cut off {subject(contact, ledger)} at {stuck_step(contact)} with a reset",
        at=reset.at,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(
            Side.SENDER if reset.from_client else Side.RECIPIENT, temporary=True, mail_safe=None if unsure else True
        ),
        evidence=(Evidence(f"RST from {sender}, TTL {reset.ttl}, in sequence", sighting.vantage, (reset.frame,)),),
        still_possible=(_otherwise(sighting, sender),),
        settled_by=(f"a capture on {sender.address}, and its log at that time",),
    )
