"""Only full-size segments vanish while small ones are acknowledged: a path-MTU black hole.

What it sees
    A side sends full-size segments with the don't-fragment flag again and again, and none of them is acknowledged, while
    smaller ones were acknowledged before and the other side is still heard afterwards. The bracket is stated: the largest
    packet acknowledged, the smallest one lost. ICMP errors that name the MTU are quoted if they reached this vantage.

Why it matters
    The session works until the message text, then stands still: "timeout after DATA" at every retry, for every message
    longer than a few lines, and the other side is blamed for being slow.

Innocent explanations
    A host that went down at the very moment the text began looks alike, if nothing was heard of it afterwards (that is
    reported as session-blackholed).

What to do next
    Let ICMP "fragmentation needed" (type 3, code 4) and ICMPv6 "packet too big" pass in every firewall; or clamp the MSS
    at the tunnel (``-j TCPMSS --clamp-mss-to-pmtu``). Test with ``ping -M do -s SIZE``, ``tracepath``.

References
    RFC 1191, RFC 8201, RFC 2923 section 2.1 (black hole detection), RFC 4821.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.sighting import Outcome, Sighting, Unacknowledged
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import side_words, stuck_step, subject
from wiretruth.rules._icmp import is_too_big, reason
from wiretruth.rules._telling import server_party, times
from wiretruth.rules._trouble import TroubledContact
from wiretruth.rules.reply_lost import LEAST_SENDINGS

CODE = "pmtu-blackhole"

HEADERS = 40
"""IPv4 and TCP headers without options: the least that a full-size segment adds to the MSS."""

OPTIONS = 12
"""The timestamps option, padded, takes its room from the MSS (RFC 7323 appendix A)."""

SMALLEST_MTU = 576
"""Below this no black hole is told from other loss: every IPv4 host must accept it (RFC 791)."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look for full-size segments lost while smaller ones pass."""
    if statement.connection.nearest.outcome not in (
        Outcome.ESTABLISHED,
        Outcome.RESET,
    ):
        return
    sighting = statement.connection.nearest
    for from_client in (True, False):
        stuck = sighting.half(from_client).unacknowledged
        if stuck is not None and is_path_mtu(sighting, from_client):
            yield _finding(statement, stuck, from_client, ledger)


def is_path_mtu(sighting: Sighting, from_client: bool) -> bool:
    """Tell whether size alone divides what one side got through from what it did not."""
    half, other = sighting.half(from_client), sighting.half(not from_client)
    stuck = half.unacknowledged
    if stuck is None or stuck.fin_only or stuck.sendings < LEAST_SENDINGS or not stuck.dont_fragment:
        return False
    full_size = (other.mss or 0) + HEADERS - OPTIONS
    divided = half.largest_acknowledged < stuck.smallest and stuck.smallest >= max(full_size, SMALLEST_MTU)
    heard = other.last is not None and other.last > stuck.first and other.unacknowledged is None
    refused = any(r.from_client is not from_client for r in sighting.resets)
    return divided and not refused and bool(half.acknowledged_octets) and (heard or _told_too_big(sighting))


def _told_too_big(sighting: Sighting) -> bool:
    return any(is_too_big(rejection) for rejection in sighting.rejections)


def _finding(contact: Contact, stuck: Unacknowledged, from_client: bool, ledger: Ledger) -> Finding:
    sighting = contact.connection.nearest
    half = sighting.half(from_client)
    sender, receiver = side_words(sighting, from_client)
    lost = ledger.visibility.loss_explains(sighting.vantage, stuck.sendings)
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.POSSIBLE if lost else Confidence.LIKELY,
        summary=(
            f"{subject(contact, ledger)} stands still at {stuck_step(contact)}: packets of {stuck.smallest} octets from "
            f"{sender.address} vanish while packets up to {half.largest_acknowledged} octets arrive (path MTU black hole)"
        ),
        at=stuck.first.at,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=True),
        evidence=(
            Evidence(
                f"{stuck.smallest} octets with don't-fragment, sent {times(stuck.sendings)} in "
                f"{duration(stuck.last.at - stuck.first.at)}, never acknowledged",
                sighting.vantage,
                stuck.frames,
            ),
            *_still_heard(sighting, from_client),
            *_errors(sighting),
        ),
        still_possible=(
            *(("the acknowledgements were lost to the capture",) if lost else ()),
            f"a device before {receiver.address} drops large packets for another reason than its MTU",
        ),
        settled_by=(
            "a capture beyond each link on the way",
            f"ping -M do -s SIZE towards {receiver.address}, from {sender.address}",
        ),
    )


def _still_heard(sighting: Sighting, from_client: bool) -> Iterator[Evidence]:
    last = sighting.half(not from_client).last
    if last is not None:
        yield Evidence("the other side is heard after the loss began", sighting.vantage, (last.frame,))


def _errors(sighting: Sighting) -> Iterator[Evidence]:
    for rejection in sighting.rejections:
        if is_too_big(rejection):
            text = f"ICMP from {rejection.sender}: {reason(rejection)}, next-hop MTU {rejection.mtu}"
            yield Evidence(text, sighting.vantage, (rejection.frame,))
