"""The record of a delivery."""

from wiretruth.model.delivery import Attempt, Delivery, ExpectedHost
from wiretruth.model.smtp import Reply
from wiretruth.reports._records.log import line_record
from wiretruth.reports._records.shape import Record, when
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
        "tried": [_attempt(attempt) for attempt in delivery.attempts],
        "lookups": [tied.id for tied in delivery.lookups],
    }


def spoken(reply: Reply) -> str:
    """Give a reply as one line: its code, and the text of all its lines."""
    return " ".join((str(reply.code), *reply.lines))


def _host(expected: ExpectedHost) -> Record:
    return {"preference": expected.preference, "name": expected.name, "addresses": list(expected.addresses)}


def _attempt(attempt: Attempt) -> Record:
    return {
        "connection": attempt.connection.id,
        "at": when(attempt.at),
        "server": str(attempt.connection.server),
        "outcome": attempt.connection.outcome.value,
        "step": attempt.step.value,
        "reply": spoken(attempt.reply) if attempt.reply else None,
    }
