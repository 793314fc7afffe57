"""An established session died in silence: what one side sent was never acknowledged.

What it sees
    After the handshake, one side sent data, retransmitted it, and got no acknowledgement for it until it gave up or the
    capture ended. The step of the dialogue is named. Where only full-size segments vanish, pmtu-blackhole says so instead.
    Where no mail was under way (behind QUIT, or before the client had said a word) it is info.

Why it matters
    The sender waits for minutes, then defers. If the last octets were the end of the message, nobody knows whether it was
    delivered.

Innocent explanations
    The other host crashed or lost its network. A state table on the way forgot the connection.

What to do next
    Capture on the other side of the gateway at the same time. Look at conntrack timeouts and rules that match ESTABLISHED.

References
    RFC 9293 section 3.8.3 (giving up), RFC 5482 (user timeout), RFC 5382 (NAT timeouts).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome, Sighting, Unacknowledged
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import side_words, something_left_to_do, stuck_step, subject
from wiretruth.rules._telling import server_party, times
from wiretruth.rules._trouble import TroubledContact
from wiretruth.rules.pmtu_blackhole import is_path_mtu
from wiretruth.rules.reply_lost import LEAST_SENDINGS, ignored_by_near_client

CODE = "session-blackholed"

STUCK_ENOUGH = 3 * NANOSECONDS
"""With RFC 6298's smallest timers, four retransmissions fit in this time; ordinary loss is mended by then."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for segments sent again and again without acknowledgement."""
    if statement.connection.nearest.outcome not in (
        Outcome.ESTABLISHED,
        Outcome.RESET,
        Outcome.MIDSTREAM,
    ):
        return
    sighting = statement.connection.nearest
    for from_client in (True, False):
        stuck = stuck_segments(sighting, from_client)
        if (
            stuck is None
            or is_path_mtu(sighting, from_client)
            or (not from_client and ignored_by_near_client(statement))
        ):
            continue
        yield _finding(statement, stuck, from_client, ledger)
        return


def stuck_segments(sighting: Sighting, from_client: bool) -> Unacknowledged | None:
    """Give what one side sent in vain; ``None`` where it was answered, refused, or the receiver had closed its window."""
    stuck = sighting.half(from_client).unacknowledged
    receiver = sighting.half(not from_client)
    if stuck is None or stuck.fin_only or stuck.sendings < LEAST_SENDINGS or not receiver.packets:
        return None
    refused = any(r.from_client is not from_client for r in sighting.resets)
    return None if refused or receiver.zero_window else stuck


def _finding(contact: Contact, stuck: Unacknowledged, from_client: bool, ledger: Ledger) -> Finding:
    sighting = contact.connection.nearest
    sender, receiver = side_words(sighting, from_client)
    end = ledger.visibility.ends(sighting.vantage)
    doubts = _doubts(sighting, stuck, end, ledger)
    safe = contact.connection.dialogue is not None and all(
        t.ended_at is None or t.reply for t in contact.connection.dialogue.transactions
    )
    return Finding(
        code=CODE,
        severity=_severity(contact, from_client),
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"{subject(contact, ledger)} died in silence at {stuck_step(contact)}: {stuck.octets} octets from "
            f"{sender.address} were sent {times(stuck.sendings)} in {duration(stuck.last.at - stuck.first.at)} "
            f"and {receiver.address} never acknowledged them"
        ),
        at=stuck.first.at,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.UNKNOWN, temporary=None, mail_safe=True if safe else None),
        evidence=(Evidence(f"the same octets from {sender}, never acknowledged", sighting.vantage, stuck.frames),),
        still_possible=(
            *doubts,
            f"{receiver.address} went down, or a firewall on the way forgot or dropped the connection",
            *(
                ("only large packets are lost (path MTU)",)
                if stuck.smallest > sighting.half(from_client).largest_acknowledged
                else ()
            ),
        ),
        settled_by=("a capture on the other side of the gateway at the same time", f"a capture on {receiver.address}"),
    )


def _severity(contact: Contact, from_client: bool) -> Severity:
    """Nothing is lost where all mail was done, or where a client left before it had said a word."""
    dialogue = contact.connection.dialogue
    unheard = not from_client and (dialogue is None or all(x.command is None for x in dialogue.exchanges))
    return Severity.INFO if unheard or not something_left_to_do(contact) else Severity.CRITICAL


def _doubts(sighting: Sighting, stuck: Unacknowledged, end: int, ledger: Ledger) -> list[str]:
    doubts = []
    if end - stuck.first.at < STUCK_ENOUGH:
        doubts.append("the capture ended before the loss could be mended")
    if ledger.visibility.loss_explains(sighting.vantage, stuck.sendings):
        doubts.append(
            f"the acknowledgements were lost to the capture ({ledger.visibility.loss(sighting.vantage):.1%} loss)"
        )
    return doubts
