"""TCP acknowledges the command (or the connection), and no SMTP reply comes.

What it sees
    The server's host acknowledged what the client sent, so the network carries both ways, but the mail software never
    answered: until the client gave up, the server closed without a word, or the capture ended long after.
    A missing reply to the end of a message is reported as message-unconfirmed.

Why it matters
    The network is fine; the application behind it is not: overloaded, waiting for its own DNS or filter, or hung.

Innocent explanations
    Servers delay their greeting on purpose (some for 30 seconds) to shake off spam software; RFC 5321 asks clients to wait
    five minutes.

What to do next
    Tell the other side which step hangs, with the time. If the server is yours: look at its resolver, its filters and the
    number of processes it may run.

References
    RFC 5321 section 4.5.3.2 (how long clients should wait for each reply).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome, Sighting
from wiretruth.model.smtp import Step
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import Pending, answered_early, asked_evidence, pending
from wiretruth.rules._telling import server_party, server_words
from wiretruth.rules._trouble import TroubledContact
from wiretruth.rules.message_unconfirmed import PATIENCE_OF_ALL

CODE = "server-silent"

IMPATIENT = NANOSECONDS
"""A client that leaves before this did not wait: a probe, a port scan, a monitor."""

NOTICEABLE = 10 * NANOSECONDS
"""Where the capture ends during a wait, a shorter one is not worth a word. Where the client leaves, a shorter one says more
about the client: RFC 5321 gives servers minutes."""

LONG = 60 * NANOSECONDS
"""Where the capture ends during a wait, this long is beyond the delays that servers make on purpose."""


@dataclass(frozen=True, slots=True)
class WaitEnd:
    """How a wait ended: when, in which frame, and in words."""

    at: int
    frame: int | None
    words: str


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for the first thing that the server owes an answer to."""
    if statement.connection.outcome is not Outcome.ESTABLISHED:
        return
    sighting, waiting = statement.connection.nearest, pending(statement)
    if waiting is None or waiting.step is Step.END_OF_DATA:
        return
    if not sighting.from_server.packets or not _arrived(sighting, waiting):
        return
    yield from _judge(statement, waiting, ledger)


def _arrived(sighting: Sighting, waiting: Pending) -> bool:
    """What was asked is acknowledged: octets that are not were sent after it, or are only the client's FIN."""
    stuck = sighting.from_client.unacknowledged
    return stuck is None or stuck.fin_only or stuck.first.at > waiting.asked


def _judge(contact: Contact, waiting: Pending, ledger: Ledger) -> Iterator[Finding]:
    sighting = contact.connection.nearest
    client_left, server_left = sighting.from_client.fin, sighting.from_server.fin
    if server_left is not None and (client_left is None or server_left.at <= client_left.at):
        end = WaitEnd(server_left.at, server_left.frame, "the server closed the connection")
        yield _finding(contact, waiting, end, [], ledger)
    elif client_left is not None:
        waited = client_left.at - waiting.asked
        if waited >= IMPATIENT:
            end = WaitEnd(client_left.at, client_left.frame, "the client gave up")
            doubts = [] if waited >= NOTICEABLE else ["the client is a monitor, or more impatient than mail should be"]
            yield _finding(contact, waiting, end, doubts, ledger)
    else:
        end = WaitEnd(ledger.visibility.ends(sighting.vantage), None, "the capture ended")
        if end.at - waiting.asked >= NOTICEABLE:
            doubts = [] if end.at - waiting.asked >= LONG else ["the capture ended while the client still waited"]
            if end.at - waiting.asked > PATIENCE_OF_ALL:
                doubts.append("the end of the connection was not captured, and the reply may not have been either")
            yield _finding(contact, waiting, end, doubts, ledger)


def _finding(contact: Contact, waiting: Pending, end: WaitEnd, doubts: list[str], ledger: Ledger) -> Finding:
    connection, sighting = contact.connection, contact.connection.nearest
    unread = connection.dialogue.missing_octets if connection.dialogue is not None else 0
    if unread or sighting.from_server.missing_octets:
        doubts = [*doubts, "the reply was lost to the capture: octets of the server are missing in it"]
    elif ledger.visibility.loss_explains(sighting.vantage, 1):
        doubts = [*doubts, f"the reply was lost to the capture ({ledger.visibility.loss(sighting.vantage):.1%} loss)"]
    if connection.dialogue is not None and (early := answered_early(connection.dialogue)) is not None:
        doubts = [*doubts, early]
    waited = duration(end.at - waiting.asked)
    what = "the connection" if waiting.step is Step.BANNER else f"the client's {waiting.step}"
    never = "sent its greeting" if waiting.step is Step.BANNER else "replied"
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"{server_words(contact, ledger)} accepted {what} and never {never} ({waiting.step}): "
            f"{end.words} after {waited}"
        ),
        at=waiting.asked,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.RECIPIENT, temporary=True, mail_safe=True),
        evidence=(
            asked_evidence(
                contact, waiting, f"here the wait for the reply to {waiting.step} begins; TCP acknowledges it"
            ),
            *([Evidence(f"{end.words}, {waited} later", sighting.vantage, (end.frame,))] if end.frame else []),
        ),
        still_possible=(*doubts, "the server delays its replies on purpose, longer than this client waits"),
        settled_by=("the server's own log", "a capture on the server, with its DNS"),
    )
