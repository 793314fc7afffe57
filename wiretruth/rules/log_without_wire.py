"""The mail log tells of an attempt, and no packet of it is in the capture.

What it sees
    A delivery line with the address of another host, written while the capture was running, to which no connection was
    made in the capture: not to that host, and none to another that the line could mean. Other mail of the host that wrote
    the log is in the capture.

Why it matters
    Either the packets never reached the wire here, because the host's own rules dropped, refused or led them away
    (OUTPUT chain, REDIRECT to a local program), or they left by another way, or the attempt never happened.

Innocent explanations
    The connection left by an interface or a tunnel that is not captured, or the capture's filter left it out.
    The connection was opened before the capture began and kept for several messages.
    The log is another host's.

What to do next
    On the sending host: ``iptables-save -c``, ``nft list ruleset``, ``ip route get ADDRESS``; capture with ``-i any``.

References
    Postfix smtp(8); netfilter's OUTPUT hook comes before the point where packets are captured.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import chain

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.hosts import is_loopback
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.log import Ending, JudgedLine, LoggedDelivery, Reason, Status
from wiretruth.model.packet import Endpoint
from wiretruth.rules._firewall import NO_CAUSE, withholding
from wiretruth.rules._log_words import MAIL_PORT, claimed_server, line_evidence, subject
from wiretruth.rules._networks import is_inside

CODE = "log-without-wire"

RULES = "the sending host's firewall rules with their counters (iptables-save -c, nft list ruleset)"
SETTLED_BY = (
    "a capture on the sending host with -i any, the loopback interface included",
    RULES,
    "its routes (ip route get)",
)
ELSEWHERE = (
    "the connection left by an interface or a way that is not captured",
    "the connection was opened before the capture began",
)


_SHOWN = (Ending.REFUSED, Ending.TIMED_OUT)
"""How an attempt ends that begins with a SYN, wherever it is refused or lost."""


def check(statement: JudgedLine, ledger: Ledger) -> Iterator[Finding]:
    """Report attempts of which nothing was seen although it should have been, those to one server together."""
    claim = statement.claim
    if statement.reason is not Reason.NOT_SEEN or not isinstance(claim, LoggedDelivery):
        return
    if claim.address is None or (claim.status is Status.TRIED and claim.ending not in _SHOWN):
        return
    lines = ledger.logs.unseen(statement)
    if not lines or lines[0] is not statement:
        return
    client = _client(statement, ledger)
    server = Endpoint(claim.address, claim.port or MAIL_PORT)
    cause = withholding(ledger, client, server) if client is not None else NO_CAUSE
    doubts = () if cause.named else tuple(_doubts(statement, claim, ledger))
    yield Finding(
        code=CODE,
        severity=Severity.INFO if doubts else Severity.WARNING,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"the log says that {subject(lines)} was {_told(claim)} {claimed_server(claim)}, "
            "and no packet to that host was seen at the time"
        )
        + (f": {cause.named} keeps it in" if cause.named else ""),
        at=statement.at,
        client=client,
        intended=Party(claim.address, claim.port, claim.relay, ("log",)),
        blame=Blame(Side.SENDER, None, None),
        evidence=(*line_evidence(lines), *_lookups(statement, ledger), *cause.evidence),
        still_possible=(*doubts, *(() if cause.named else ELSEWHERE)),
        settled_by=() if cause.named else tuple(need for need in SETTLED_BY if not (cause.evidence and need is RULES)),
    )


def _client(judged: JudgedLine, ledger: Ledger) -> str | None:
    """Give the address from which the host sends, or asks for names."""
    seen = (c.client.address for c in ledger.logs.neighbours(judged))
    asking = (r.client for r in ledger.logs.lookups_before(judged) if not is_loopback(r.client))
    return next(chain(seen, asking), None)


def _told(claim: LoggedDelivery) -> str:
    return "sent to" if claim.status is Status.SENT else "tried at"


def _doubts(judged: JudgedLine, claim: LoggedDelivery, ledger: Ledger) -> Iterator[str]:
    if not judged.in_view:
        yield "no other mail of this host is in the capture: it may show none, or have ended before"
        return
    seen = {c.server for c in ledger.logs.neighbours(judged)}
    if not any(_kind(end) == _kind(Endpoint(claim.address or "", claim.port or MAIL_PORT)) for end in seen):
        yield "mail to hosts of this kind (IP version, private or public, port) may leave by another interface"
    if len({end.address for end in seen}) == 1:
        yield "all other mail in the capture went to one host: its filter may have let nothing else in"


def _kind(end: Endpoint) -> tuple[int, bool, int]:
    return ip_address(end.address).version, is_inside(end.address), end.port


def _lookups(judged: JudgedLine, ledger: Ledger) -> Iterator[Evidence]:
    for resolution in ledger.logs.lookups_before(judged):
        lookup = resolution.lookup.nearest
        yield Evidence(f"{resolution.type} of {resolution.name} was looked up", lookup.vantage, lookup.frames)
