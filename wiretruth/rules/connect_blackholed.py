"""SYNs were sent again and again, and nothing at all came back.

What it sees
    The client retransmitted its SYN, and no packet of the server and no ICMP error answered, although replies to this
    client are seen at this vantage. A single SYN, or one at the very end of the capture, is not reported.

Why it matters
    A silent drop: the sender waits for its full timeout at every attempt, and the mail is late by hours or never leaves.

Innocent explanations
    The host is down, or its address is gone. The capture does not show packets towards this client.
    The host blocks this very client on purpose (fail2ban, block lists in the firewall).
    (A stranger who tries one address after the other, and is answered nowhere, is not reported.)

What to do next
    Capture on the next hop: if the SYN arrives there and goes no further, that hop drops it.
    On gateways: ``iptables-save -c`` and look for counters that grow (``--rules`` tells which rule would discard it); ask
    the provider whether port 25 is blocked.

References
    RFC 9293 section 3.8.1 (retransmission), RFC 1812 section 4.2.1 (silently discarding), RFC 5461.
"""

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact
from wiretruth.rules._firewall import blackholing
from wiretruth.rules._scans import is_scan
from wiretruth.rules._telling import alike, attempts_words, fate, server_party, server_words, times
from wiretruth.rules._transit import lost_opening
from wiretruth.rules._trouble import TroubledContact

CODE = "connect-blackholed"

WAITED_ENOUGH = 3 * NANOSECONDS
"""RFC 6298 retransmits a SYN after 1 s and again 2 s later: by then an answer has had two chances."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first of a client's unanswered attempts at one server."""
    if statement.connection.outcome is not Outcome.UNANSWERED:
        return
    if statement.connection.nearest.syn_count == 1 or is_scan(statement, ledger):
        return
    if ledger.contacts.alike(_repeated, _repeated(statement))[0] is statement:
        yield _finding(statement, ledger)


def _repeated(contact: Contact) -> Hashable:
    return fate(contact) if contact.connection.nearest.syn_count > 1 else None


def _finding(contact: Contact, ledger: Ledger) -> Finding:
    connection, sighting = contact.connection, contact.connection.nearest
    doubts = _doubts(contact, ledger)
    tried = alike(contact, ledger)
    waited = sighting.last.at - sighting.opened.at
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"nothing answered {connection.client.address} at {server_words(contact, ledger)}{attempts_words(tried)}: "
            f"the SYN was sent {times(sighting.syn_count)} in {duration(waited)} and no packet came back"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.UNKNOWN, temporary=None, mail_safe=True),
        evidence=(
            Evidence(
                f"SYN to {connection.server}, never answered", sighting.vantage, tuple(m.frame for m in sighting.syns)
            ),
            *blackholing(ledger, sighting.client, sighting.server).evidence,
        ),
        still_possible=(*doubts, *_where(contact, ledger)),
        settled_by=("a capture beyond the gateway at the same time", "a capture on the host that was addressed"),
    )


def _where(contact: Contact, ledger: Ledger) -> tuple[str, ...]:
    """Say who may have dropped it: one place, where another vantage shows that it never came there."""
    crossing = lost_opening(contact.connection, ledger)
    if crossing is not None and not crossing.doubts(ledger):
        return (f"the {crossing.what} is lost between {crossing.seen} and {crossing.missed}: see dropped-in-transit",)
    return (
        f"{contact.connection.server.address} itself is down or drops the SYN",
        "a firewall between this vantage and the host drops it, in either direction",
    )


def _doubts(contact: Contact, ledger: Ledger) -> list[str]:
    sighting = contact.connection.nearest
    client = sighting.client.address
    doubts = []
    if not ledger.visibility.sees_replies_to(sighting.vantage, client):
        doubts.append(f"replies to {client} do not pass this vantage: none of any kind was seen")
    if ledger.visibility.ends(sighting.vantage) - sighting.opened.at < WAITED_ENOUGH:
        doubts.append("the capture ended before an answer could be expected")
    if ledger.visibility.loss_explains(sighting.vantage, sighting.syn_count):
        doubts.append(f"the answers were lost to the capture ({ledger.visibility.loss(sighting.vantage):.1%} loss)")
    return doubts
