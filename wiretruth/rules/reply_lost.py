"""The reply is in the capture, but the client behaves as if it never came.

What it sees
    The server's SYN-ACK passed the vantage, and the client went on sending its SYN and never acknowledged; or, later, the
    server's segments passed on their way to a client close to the vantage, which never acknowledged them.
    The capture sees packets before the host's own firewall does: what it shows can still be dropped behind it.
    A single SYN sent again is *possible* only; behind QUIT, with all mail done, it is info: nothing is lost by it.

Why it matters
    The client logs "connection timed out" and blames the other side, whose answer is on record.

Innocent explanations
    The client's host went down. The vantage is far from the client, and the loss lies between them.

What to do next
    On the client: ``iptables-save -c``, ``nft list ruleset``; look for a DROP in INPUT, for conntrack in a full or INVALID
    state, and ``nstat -az TcpExtIPReversePathFilter``.

References
    RFC 9293 section 3.5 (a SYN-ACK is acknowledged or reset, never ignored).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome, Sighting, Unacknowledged
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import something_left_to_do, stuck_step, subject
from wiretruth.rules._firewall import dropping_received
from wiretruth.rules._telling import alike, attempts_words, server_party, server_words, times
from wiretruth.rules._trouble import TroubledContact

CODE = "reply-lost"

REACTION_TIME = NANOSECONDS // 2
"""A host that got the SYN-ACK acknowledges within its processing time; the next SYN comes a second later (RFC 6298)."""

LEAST_SENDINGS = 3
"""Once sent and twice more: a single retransmission is ordinary loss."""

LEAST_IGNORED = 2
"""SYNs sent after the SYN-ACK had passed: one may have crossed a lost packet, two answers in a row are hardly lost."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for answers that passed here and had no effect."""
    sighting = statement.connection.nearest
    if sighting.outcome is Outcome.HALF_OPEN and _ignored_handshake(sighting):
        if alike(statement, ledger)[0] is statement:
            yield _handshake(statement, ledger)
        return
    stuck = ignored_by_near_client(statement)
    if stuck is not None:
        yield _session(statement, stuck, ledger)


def ignored_by_near_client(contact: Contact) -> Unacknowledged | None:
    """Give the server's segments that passed here on their last hops to a client which never acknowledged them."""
    connection = contact.connection
    stuck = connection.nearest.from_server.unacknowledged
    if stuck is None or stuck.fin_only or stuck.sendings < LEAST_SENDINGS or not client_is_near(connection):
        return None
    gone = any(reset.from_client for reset in connection.nearest.resets) or connection.nearest.from_client.fin
    return None if gone else stuck


def _ignored_handshake(sighting: Sighting) -> bool:
    first = sighting.syn_acks[0].at
    return any(syn.at > first + REACTION_TIME for syn in sighting.syns)


def _handshake(contact: Contact, ledger: Ledger) -> Finding:
    connection, sighting = contact.connection, contact.connection.nearest
    near = client_is_near(connection)
    late = tuple(s.frame for s in sighting.syns if s.at > sighting.syn_acks[0].at + REACTION_TIME)
    doubts = () if len(late) >= LEAST_IGNORED else ("a single packet was lost on its way, as happens",)
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"{server_words(contact, ledger)} answered {connection.client.address}{attempts_words(alike(contact, ledger))}, "
            f"and the client behaves as if the SYN-ACK never came: it sent its SYN {times(sighting.syn_count)}"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=_blame(near),
        evidence=(
            Evidence(
                f"SYN-ACK from {sighting.reply_source or sighting.server}",
                sighting.vantage,
                tuple(s.frame for s in sighting.syn_acks),
            ),
            Evidence("SYN again, after the SYN-ACK had passed", sighting.vantage, late),
            *(dropping_received(ledger, sighting).evidence if near is not False else ()),
        ),
        still_possible=(*doubts, *_where(near)),
        settled_by=("the client's firewall rules with counters (iptables-save -c)", "a capture on the client itself"),
    )


def _session(contact: Contact, stuck: Unacknowledged, ledger: Ledger) -> Finding:
    sighting = contact.connection.nearest
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL if something_left_to_do(contact) else Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=(
            f"in {subject(contact, ledger)}, at {stuck_step(contact)}, the server's reply passed this vantage "
            f"{times(stuck.sendings)} and the client never acknowledged it"
        ),
        at=stuck.first.at,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=_blame(near=True),
        evidence=(
            Evidence(
                f"{stuck.octets} octets from {sighting.server}, sent again and again", sighting.vantage, stuck.frames
            ),
        ),
        still_possible=_where(near=True),
        settled_by=("the client's firewall rules with counters (iptables-save -c)",),
    )


def _blame(near: bool | None) -> Blame:
    return Blame(Side.SENDER if near else Side.UNKNOWN, temporary=None, mail_safe=True)


def _where(near: bool | None) -> tuple[str, ...]:
    if near:
        return ("the client's own firewall drops it behind the capture (INPUT chain)", "the client's host went down")
    return ("the reply is lost between this vantage and the client", "the client's own firewall drops it")
