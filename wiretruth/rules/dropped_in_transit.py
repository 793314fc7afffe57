"""A packet was seen at one vantage and never at the next.

What it sees
    Other conversations of the same host, or with the same server, are seen at both vantages, so packets pass from one to
    the other; this one was seen at the first and never at the second: a SYN, the SYN-ACK on its way back, data or a FIN of
    either side that was sent again and again, a DNS query, or the answer to it. The last vantage that saw it, the first
    that missed it, the direction and the first packet that went missing are named. What the second vantage's own loss
    explains as well is only *possible*; a single DNS answer that was lost is info, as the network loses one now and then.

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
from functools import partial
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.packet import TCP, UDP
from wiretruth.model.sighting import KEPT_FRAMES
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._crossing import Crossing
from wiretruth.rules._dialogue import something_left_to_do, stuck_step
from wiretruth.rules._firewall import Cause, discarding
from wiretruth.rules._telling import alike, attempts_words, server_party, server_words, times
from wiretruth.rules._transit import SENDINGS, lost_message, lost_opening, lost_segments
from wiretruth.rules._trouble import IrregularResolution, TroubledContact
from wiretruth.rules.dns_unanswered import WAITED_ENOUGH, unanswered

CODE = "dropped-in-transit"

_OPENING: Final = frozenset({"SYN", "SYN-ACK"})


def check(statement: TroubledContact | IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Look for packets that did not reach the next vantage."""
    if isinstance(statement, Contact):
        yield from _contact(statement, ledger)
    else:
        yield from _lookup(statement, ledger)


def _contact(contact: Contact, ledger: Ledger) -> Iterator[Finding]:
    opening = lost_opening(contact.connection, ledger)
    if opening is None:
        for crossing in lost_segments(contact.connection):
            yield _finding(contact, crossing, ledger)
    elif alike(contact, ledger)[0] is contact:
        yield _finding(contact, opening, ledger)


def _finding(contact: Contact, crossing: Crossing, ledger: Ledger) -> Finding:
    connection = contact.connection
    seen = next(s for s in connection.sightings if s.vantage == crossing.seen)
    between = (crossing.seen, crossing.missed)
    cause = discarding(ledger, seen.client, seen.server, answer=not crossing.from_client, between=between)
    doubts = [] if cause.named else crossing.doubts(ledger)
    lossless = crossing.what in _OPENING
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL if lossless or something_left_to_do(contact) else Severity.INFO,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=f"{_subject(contact, crossing, ledger)} passed {crossing.seen} and never reached {crossing.missed}"
        f"{_by(cause)}",
        at=contact.at if lossless else crossing.sendings[0].at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=None, mail_safe=True if lossless else None),
        evidence=(
            Evidence(f"{crossing.what} at {crossing.seen}{_often(crossing)}", crossing.seen, crossing.frames),
            Evidence(_nothing(crossing), crossing.missed),
            *cause.evidence,
        ),
        still_possible=(*doubts, "this packet took another way than the other packets of these hosts"),
        settled_by=(f"the firewall rules and routes between {crossing.seen} and {crossing.missed}, with counters",),
    )


def _subject(contact: Contact, crossing: Crossing, ledger: Ledger) -> str:
    client, server = contact.connection.client.address, server_words(contact, ledger)
    if crossing.what in _OPENING:
        server += attempts_words(alike(contact, ledger))
    way = f"from {client} to {server}" if crossing.from_client else f"from {server} to {client}"
    step = f" at {stuck_step(contact)}" if crossing.what == "data" else ""
    return f"the {crossing.what} {way}{step}"


def _often(crossing: Crossing) -> str:
    return f", sent {times(len(crossing.sendings))}" if len(crossing.sendings) > 1 else ""


def _nothing(crossing: Crossing) -> str:
    if crossing.what == "SYN":
        return f"nothing of this connection at {crossing.missed}"
    return f"no {crossing.what} at {crossing.missed}" + ("" if crossing.what in _OPENING else ", though the rest came")


def _lookup(resolution: Resolution, ledger: Ledger) -> Iterator[Finding]:
    if not (unanswered(resolution) or _answer_lost(resolution)):
        return
    crossing = lost_message(resolution.lookup, ledger)
    if crossing is None:
        return
    if crossing.what == "answer":
        yield from _answers(resolution, crossing, ledger)
    elif ledger.names.alike(_unanswered, _unanswered(resolution))[0] is resolution:
        yield _message(resolution, crossing, ledger, Severity.CRITICAL, "")


def _answers(resolution: Resolution, crossing: Crossing, ledger: Ledger) -> Iterator[Finding]:
    """Report the first answer that a client lost on its way from one resolver, and count the others."""
    lost = ledger.names.alike(_lost_answer, _lost_answer(resolution))
    if not lost or lost[0] is not resolution:
        return
    marks = [x.response for r in lost for x in r.lookup.sightings if x.vantage == crossing.seen and x.response]
    crossing = Crossing("answer", crossing.seen, crossing.missed, tuple(marks[:KEPT_FRAMES]), from_client=False)
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    severity = Severity.CRITICAL if len(lost) >= SENDINGS else Severity.INFO
    yield _message(resolution, crossing, ledger, severity, more)


def _message(resolution: Resolution, crossing: Crossing, ledger: Ledger, severity: Severity, more: str) -> Finding:
    seen = next(x for x in resolution.lookup.sightings if x.vantage == crossing.seen)
    protocol = UDP if seen.transport == "udp" else TCP
    ask = partial(discarding, ledger, seen.client, seen.resolver, protocol=protocol)
    cause = ask(answer=not crossing.from_client, between=(crossing.seen, crossing.missed))
    doubts = [] if cause.named else crossing.doubts(ledger)
    return Finding(
        code=CODE,
        severity=severity,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"the DNS {crossing.what} of {resolution.client} and {resolution.resolver} for {resolution.type} "
            f"{resolution.name}{more} passed {crossing.seen} and never reached {crossing.missed}"
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


def _answer_lost(resolution: Resolution) -> bool:
    """Tell whether the client waited in vain for an answer that another vantage saw."""
    nearest, *others = resolution.lookup.sightings
    waited = nearest.response is None and not nearest.rejections and nearest.waited_until - nearest.at >= WAITED_ENOUGH
    return waited and any(x.response is not None for x in others)


def _lost_answer(resolution: Resolution) -> Hashable:
    if not _answer_lost(resolution):
        return None
    seen = next(x.vantage for x in resolution.lookup.sightings if x.response is not None)
    return resolution.client, resolution.resolver, resolution.lookup.nearest.vantage, seen


def _by(cause: Cause) -> str:
    return f": {cause.named} discards it" if cause.named else ""
