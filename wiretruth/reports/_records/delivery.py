"""The record of a delivery."""

from wiretruth.model.delivery import Attempt, Delivery, DeliveryFault, ExpectedHost
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.idn import readable
from wiretruth.model.smtp import Reply
from wiretruth.model.status_codes import meaning
from wiretruth.reports._records.log import line_record
from wiretruth.reports._records.shape import Record, when
from wiretruth.reports._tries import end_of, ends
from wiretruth.reports._words import host


def delivery_record(delivery: Delivery) -> Record:
    """Give the delivery; ``attempts`` are ids of connections, told at length under ``tried``."""
    return {
        "client": delivery.client,
        "domain": delivery.domain,
        "inbound": delivery.inbound,
        "recipients": list(delivery.recipients),
        "expected": [host(e.name, e.addresses) for e in delivery.expected],
        "attempts": [attempt.connection.id for attempt in delivery.attempts],
        "outcome": delivery.outcome.value,
        "reply": spoken(delivery.reply) if delivery.reply else None,
        "log": [line_record(judged) for judged in delivery.log],
        "hosts": [_host(e) for e in delivery.expected],
        "tried": [
            _attempt(attempt, attempt.at - before.at if before else None)
            for before, attempt in zip((None, *delivery.attempts), delivery.attempts, strict=False)
        ],
        "lookups": [tied.id for tied in delivery.lookups],
        "deciding": [tied.id for tied in delivery.deciding],
        "unicode": readable(delivery.domain),
        "queue_id": delivery.queue_id,
        "tally": _tally(delivery),
        "fault": _fault(delivery.fault) if delivery.fault else None,
    }


def _tally(delivery: Delivery) -> Record:
    """Count the attempts by how they ended."""
    first, last = (delivery.attempts[0].at, delivery.attempts[-1].at) if delivery.attempts else (0, 0)
    return {
        "attempts": len(delivery.attempts),
        "seconds": (last - first) / NANOSECONDS,
        "ends": [
            {"end": end.words, "code": end.code, "enhanced": end.enhanced, "attempts": number}
            for end, number in ends(delivery)
        ],
    }


def _fault(fault: DeliveryFault) -> Record:
    return {
        "side": fault.blame.side.value,
        "temporary": fault.blame.temporary,
        "mail_safe": fault.blame.mail_safe,
        "sentence": fault.sentence,
        "finding": fault.code,
        "decided_by": list(fault.decided_by),
    }


def spoken(reply: Reply) -> str:
    """Give a reply as one line: its code, and the text of all its lines."""
    return " ".join((str(reply.code), *reply.lines))


def _host(expected: ExpectedHost) -> Record:
    return {"preference": expected.preference, "name": expected.name, "addresses": list(expected.addresses)}


def _attempt(attempt: Attempt, waited: int | None) -> Record:
    """Give one attempt; *waited* are the nanoseconds since the one before began."""
    said = meaning(attempt.reply.enhanced) if attempt.reply else None
    return {
        "connection": attempt.connection.id,
        "at": when(attempt.at),
        "server": str(attempt.connection.server),
        "outcome": attempt.connection.outcome.value,
        "step": attempt.step.value,
        "reply": spoken(attempt.reply) if attempt.reply else None,
        "result": attempt.outcome.value,
        "end": end_of(attempt).words,
        "meaning": said.words if said else None,
        "queue_id": attempt.queue_id,
        "took_ms": attempt.took / 1_000_000,
        "after_ms": None if waited is None else waited / 1_000_000,
    }
