"""Whose fault was it? For each delivery that failed, came late, or whose end is not known: one side and one sentence.

A delivery's fault is that of the finding which explains the attempt that failed. Findings are the only judgement: where none
speaks of an attempt, the delivery says no more than how it ended.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from wiretruth.engine.fault_words import cause
from wiretruth.ledger.contacts import is_submission
from wiretruth.model.delivery import Attempt, Delivery, DeliveryFault, DeliveryOutcome
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Finding, Severity, Side
from wiretruth.model.log import LoggedDelivery
from wiretruth.model.sighting import Outcome

EXPLAINS_SILENCE = (
    "destination-rewritten", "transparent-proxy", "dropped-in-transit", "reply-lost", "connect-rejected", "connect-refused",
    "connect-blackholed",
)  # fmt: skip
"""What may explain that no connection came about; the one that names the place comes first."""

EXPLAINS_BREAK = (
    "reset-injected", "dropped-in-transit", "pmtu-blackhole", "session-blackholed", "session-reset", "message-unconfirmed",
    "server-silent", "destination-rewritten", "transparent-proxy",
)  # fmt: skip
"""What may explain that a dialogue ended before its time."""

EXPLAINS_REFUSAL = (
    "deferral-caused-by-dns", "smtp-blocklisted", "destination-rewritten", "transparent-proxy", "smtp-rejected", "smtp-deferred",
    "smtp-greylisted",
)  # fmt: skip
"""What may explain that a server did not take the mail."""

_OF_THE_ROUTE = frozenset(EXPLAINS_SILENCE)
"""Told once for all connections of a client with a server that fared alike."""

_UNCONNECTED = (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN)
_REFUSED = 400
_NOBODY = Blame(Side.UNKNOWN, None, None)


MISLED = ("destination-rewritten",)
"""What makes an acceptance worthless: somebody else gave it."""


class _Told:
    """Findings by client and by the address that they speak of, each list in time order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_pair: dict[tuple[str | None, str], list[Finding]] = {}
        self._of_route: dict[tuple[str | None, str], dict[str, Finding]] = {}
        for finding in sorted(findings, key=_at):
            parties = (finding.intended, finding.observed)
            for address in {party.address for party in parties if party is not None and party.address is not None}:
                pair = (finding.client, address)
                self._by_pair.setdefault(pair, []).append(finding)
                if finding.code in _OF_THE_ROUTE:
                    self._of_route.setdefault(pair, {}).setdefault(finding.code, finding)

    def about(self, attempt: Attempt) -> Iterator[Finding]:
        """Give what was found of an attempt while it lasted, and before of its route."""
        connection = attempt.connection
        end = connection.nearest.last.at
        for address in {connection.server.address, connection.contacted.address}:
            for client in (connection.client.address, None):
                found = self._by_pair.get((client, address), [])
                yield from found[bisect_left(found, attempt.at, key=_at) : bisect_right(found, end, key=_at)]
                yield from (f for f in self._of_route.get((client, address), {}).values() if f.at < attempt.at)

    def explaining(self, attempt: Attempt, codes: tuple[str, ...]) -> Finding | None:
        """Give the finding of these codes that says most: the first code, then the surest, then the latest."""
        about = (f for f in self.about(attempt) if f.code in codes)
        return min(about, key=lambda f: (codes.index(f.code), -f.confidence.rank, -f.at), default=None)


def _at(finding: Finding) -> int:
    return finding.at


def with_faults(deliveries: Iterable[Delivery], findings: Iterable[Finding]) -> Iterator[Delivery]:
    """Give the deliveries; those that failed, came late, went elsewhere or ended unseen with their fault."""
    told = _Told(findings)
    for delivery in deliveries:
        fault = _fault(delivery, told) if delivery.attempts else None
        yield delivery if fault is None else delivery._replace(fault=fault)


def _fault(delivery: Delivery, told: _Told) -> DeliveryFault | None:
    last = delivery.attempts[-1]
    misled = told.explaining(last, MISLED)
    if misled is not None and misled.severity is not Severity.INFO:
        who = "who took it is not" if delivery.outcome is DeliveryOutcome.ACCEPTED else "who was asked is not"
        return _resting_on(misled, last, f"{who} whom it was meant for")
    failed = [attempt for attempt in delivery.attempts if attempt.outcome is not DeliveryOutcome.ACCEPTED]
    if not failed:
        return None
    finding = told.explaining(failed[-1], _codes(failed[-1]))
    if finding is None:
        return _by_itself(delivery, failed[-1])
    return _resting_on(finding, failed[-1], _fate(delivery, failed[-1], finding.blame))


def _resting_on(finding: Finding, attempt: Attempt, fate: str) -> DeliveryFault:
    open_question = bool(finding.still_possible) or finding.blame.side is Side.UNKNOWN
    decided_by = finding.settled_by if open_question else ()
    return DeliveryFault(finding.blame, f"{cause(finding, attempt)}; {fate}", finding.code, decided_by)


def _codes(attempt: Attempt) -> tuple[str, ...]:
    if attempt.connection.outcome in _UNCONNECTED:
        return EXPLAINS_SILENCE
    if attempt.outcome is not DeliveryOutcome.UNKNOWN or (attempt.reply is not None and attempt.reply.code >= _REFUSED):
        return EXPLAINS_REFUSAL
    return EXPLAINS_BREAK


def _fate(delivery: Delivery, attempt: Attempt, blame: Blame) -> str:
    """Say what becomes of the mail."""
    if delivery.outcome is DeliveryOutcome.ACCEPTED:
        accepted = [a for a in delivery.attempts if a.outcome is DeliveryOutcome.ACCEPTED]
        later = next((a for a in accepted if a.at > attempt.at), None)
        if later is None:
            return "the mail had been accepted before" if accepted else "in the end every recipient was accepted"
        late = duration(later.at - delivery.attempts[0].at)
        return f"it was accepted at attempt {delivery.attempts.index(later) + 1}, {late} after the first"
    if delivery.outcome is DeliveryOutcome.REJECTED:
        return "the sender gives up and tells its author"
    if blame.mail_safe:
        return (
            "nothing is lost, the sender tries again"
            if blame.temporary
            else "nothing is lost while the sender tries on"
        )
    if blame.mail_safe is None:
        told = blame.temporary is True
        return "the sender will send it again" if told else "whether it arrived cannot be known from here"
    return "the mail is not safe"


def _by_itself(delivery: Delivery, attempt: Attempt) -> DeliveryFault | None:
    """No finding speaks of it: say how it ended, and where the rest would be seen."""
    if delivery.outcome is DeliveryOutcome.ACCEPTED:
        return None
    connection = attempt.connection
    if connection.dialogue is not None and connection.dialogue.tls is not None:
        words = _logged(delivery) or "its end is hidden by TLS"
        return DeliveryFault(_NOBODY, words, None, ("the sender's mail log", "the receiving server's mail log"))
    if attempt.reply is not None and attempt.reply.code >= _REFUSED:
        return None
    if is_submission(connection) or connection.outcome not in (*_UNCONNECTED, Outcome.MIDSTREAM):
        return None
    if connection.outcome is Outcome.MIDSTREAM:
        return DeliveryFault(_NOBODY, "it had begun before the capture did", None, ("a capture that begins earlier",))
    return DeliveryFault(
        _NOBODY,
        f"{connection.server} was not reached ({connection.outcome})",
        None,
        (f"a capture on {connection.server.address}, or on the gateway before it", "the sender's mail log"),
    )


def _logged(delivery: Delivery) -> str:
    claims = [line.claim for line in delivery.log if isinstance(line.claim, LoggedDelivery)]
    return f"its end is hidden by TLS; the sender's log says: {claims[-1].status}" if claims else ""
