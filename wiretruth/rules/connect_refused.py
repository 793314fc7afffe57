"""A reset answered the SYN.

What it sees
    RST in answer to the SYN, acknowledging it. Where other packets of the same address were seen, its TTL is compared
    with theirs: one that differs did not travel the same way.

Why it matters
    Nobody listens on that port, or a firewall says so. The sender goes to the next MX host, or tries again later.

Innocent explanations
    The mail server is being restarted; the host takes no mail at all; a firewall answers in the host's place.
    (A stranger who tries one address after the other, and is refused everywhere, is not reported.)

What to do next
    Ask the operator of the host. If the TTL points at a nearer hop, look at the firewall there (``REJECT --reject-with
    tcp-reset``).

References
    RFC 9293 section 3.10.7.1 (a closed port answers with a reset), RFC 5321 section 4.5.4.1 (retry).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.sighting import Outcome, Reset
from wiretruth.model.statements import Contact
from wiretruth.rules._firewall import resetting
from wiretruth.rules._scans import is_scan
from wiretruth.rules._telling import alike, attempts_words, server_party, server_words, syn_evidence
from wiretruth.rules._trouble import TroubledContact

CODE = "connect-refused"


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first of a client's refused attempts at one server."""
    if statement.connection.outcome is not Outcome.REFUSED:
        return
    resets = [r for r in statement.connection.nearest.resets if not r.from_client]
    if resets and alike(statement, ledger)[0] is statement and not is_scan(statement, ledger):
        yield _finding(statement, resets[0], ledger)


def _finding(contact: Contact, reset: Reset, ledger: Ledger) -> Finding:
    connection, sighting = contact.connection, contact.connection.nearest
    other = _other_ttls(contact, ledger) - {reset.ttl}
    text = f"RST from {connection.server}, {duration(reset.at - contact.at)} after the SYN, TTL {reset.ttl}"
    strange = f"; other packets of this address came with TTL {', '.join(map(str, sorted(other)))}" if other else ""
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{server_words(contact, ledger)} refused the connection of {connection.client.address}"
            f"{attempts_words(alike(contact, ledger))}"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.UNKNOWN if other else Side.RECIPIENT, temporary=True, mail_safe=True),
        evidence=(
            syn_evidence(sighting, f"SYN to {connection.server}"),
            Evidence(text + strange, sighting.vantage, (reset.frame,)),
            *resetting(ledger, sighting).evidence,
        ),
        still_possible=(
            "a firewall on the way answered in the host's place"
            + (": the TTL differs from the host's own" if other else ""),
        ),
        settled_by=("a capture on the addressed host, or beyond the gateway",),
    )


def _other_ttls(contact: Contact, ledger: Ledger) -> set[int]:
    """TTLs of the same address in connections that it did answer, at the same vantage."""
    vantage = contact.connection.nearest.vantage
    return {
        ttl
        for other in ledger.contacts.to(contact.connection.server.address)
        for sighting in other.connection.sightings
        if sighting.vantage == vantage and sighting.syn_ack_count
        for ttl in sighting.from_server.ttls
    }
