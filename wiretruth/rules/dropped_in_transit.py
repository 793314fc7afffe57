"""A packet was seen at one vantage and never at the next.

What it sees
    Other conversations of the same host, or with the same server, are seen at both vantages, so packets pass from one to
    the other; this SYN was seen at the first and never at the second (or the SYN-ACK at the second and never at the
    first; or a DNS query, or its answer). Both vantages, the direction and the first packet that went missing are named.

Why it matters
    It locates the drop: between these two places. If both are interfaces of one host, that host does it.

Innocent explanations
    The second capture had stopped, or lost the packets. This packet took another way.

What to do next
    Look at the rules between the two places (``iptables-save -c``, ``nft list ruleset``: FORWARD, and counters that grow),
    at routes (``ip route get``), and at reverse path filtering (``nstat -az TcpExtIPReversePathFilter``). Given with
    ``--rules``, the rule that discards this very packet is named.

References
    RFC 1812 section 4.2.1 (silently discarding), RFC 2979 (firewall transparency).
"""

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import TiedLookup
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.packet import TCP, UDP
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._crossing import Crossing, next_vantage, seen_after_all
from wiretruth.rules._firewall import Cause, discarding
from wiretruth.rules._telling import alike, attempts_words, server_party, server_words
from wiretruth.rules._trouble import IrregularResolution, TroubledContact
from wiretruth.rules.dns_unanswered import unanswered

CODE = "dropped-in-transit"


def check(statement: TroubledContact | IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Look for SYNs, SYN-ACKs and DNS messages that did not reach the next vantage."""
    if isinstance(statement, Contact):
        yield from _contact(statement, ledger)
    elif unanswered(statement):
        yield from _lookup(statement, ledger)


def _contact(contact: Contact, ledger: Ledger) -> Iterator[Finding]:
    connection = contact.connection
    if connection.outcome not in (Outcome.UNANSWERED, Outcome.HALF_OPEN) or alike(contact, ledger)[0] is not contact:
        return
    last = connection.sightings[-1]
    answered = next((s for s in connection.sightings if s.syn_ack_count), None)
    if answered is not None and answered is not connection.nearest:
        frames = tuple(mark.frame for mark in answered.syn_acks)
        before = connection.sightings[connection.sightings.index(answered) - 1]
        crossing = Crossing("SYN-ACK", answered.vantage, before.vantage, frames, answered.syn_acks[0].at)
    elif answered is None and last.syn_count > 1:
        ends = (last.client.address, last.server.address)
        missed = next_vantage(ledger, last.vantage, ends, last.opened.at)
        if missed is None or seen_after_all(ledger, connection, missed):
            return
        crossing = Crossing("SYN", last.vantage, missed, tuple(mark.frame for mark in last.syns), last.last.at)
    else:
        return
    count = attempts_words(alike(contact, ledger))
    seen = last if crossing.what == "SYN" else answered or last
    between = (crossing.seen, crossing.missed)
    cause = discarding(ledger, seen.client, seen.server, answer=crossing.what != "SYN", between=between)
    yield _finding(contact, crossing, f"{server_words(contact, ledger)}{count}", cause, ledger)


def _finding(contact: Contact, crossing: Crossing, server: str, cause: Cause, ledger: Ledger) -> Finding:
    client = contact.connection.client.address
    doubts = [] if cause.named else crossing.doubts(ledger)
    way = f"from {client} to {server}" if crossing.what == "SYN" else f"from {server} to {client}"
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=f"the {crossing.what} {way} passed {crossing.seen} and never reached {crossing.missed}{_by(cause)}",
        at=contact.at,
        client=client,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=None, mail_safe=True),
        evidence=(
            Evidence(f"{crossing.what} at {crossing.seen}, sent again and again", crossing.seen, crossing.frames),
            Evidence(f"nothing of this connection at {crossing.missed}", crossing.missed)
            if crossing.what == "SYN"
            else Evidence(f"no SYN-ACK at {crossing.missed}", crossing.missed),
            *cause.evidence,
        ),
        still_possible=(*doubts, "this packet took another way than the other packets of these hosts"),
        settled_by=(f"the firewall rules and routes between {crossing.seen} and {crossing.missed}, with counters",),
    )


def _lookup(resolution: Resolution, ledger: Ledger) -> Iterator[Finding]:
    crossing = _lost_message(resolution.lookup, ledger)
    if crossing is None or ledger.names.alike(_unanswered, _unanswered(resolution))[0] is not resolution:
        return
    last, between = resolution.lookup.sightings[-1], (crossing.seen, crossing.missed)
    protocol = UDP if last.transport == "udp" else TCP
    cause = discarding(ledger, last.client, last.resolver, protocol=protocol, between=between)
    doubts = [] if cause.named else crossing.doubts(ledger)
    yield Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"the DNS {crossing.what} of {resolution.client} and {resolution.resolver} for {resolution.type} "
            f"{resolution.name} passed {crossing.seen} and never reached {crossing.missed}"
            f"{_by(cause)}"
        ),
        at=resolution.at,
        client=resolution.client,
        blame=Blame(Side.PATH, temporary=None, mail_safe=True),
        evidence=(
            Evidence(f"DNS {crossing.what} at {crossing.seen}", crossing.seen, crossing.frames),
            *cause.evidence,
        ),
        still_possible=(*doubts, "this message took another way than the other packets of these hosts"),
        settled_by=(f"the firewall rules between {crossing.seen} and {crossing.missed}, with counters",),
    )


def _unanswered(resolution: Resolution) -> Hashable:
    return (resolution.client, resolution.name, resolution.type) if unanswered(resolution) else None


def _by(cause: Cause) -> str:
    return f": {cause.named} discards it" if cause.named else ""


def _lost_message(lookup: TiedLookup, ledger: Ledger) -> Crossing | None:
    last = lookup.sightings[-1]
    ends = (last.client.address, last.resolver.address)
    missed = next_vantage(ledger, last.vantage, ends, last.at)
    if missed is None:
        return None
    return Crossing("query", last.vantage, missed, last.frames, last.at)
