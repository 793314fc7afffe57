"""How often a delivery was tried, in words and as numbers: what no header and no log will ever show."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from wiretruth.model.delivery import Attempt, Delivery, DeliveryOutcome
from wiretruth.model.durations import duration
from wiretruth.model.finding import Side
from wiretruth.model.sighting import Outcome

_REFUSED = 400
_PERMANENT = 500
_UNCONNECTED = {
    Outcome.REFUSED: "refused the connection",
    Outcome.REJECTED: "turned away on the way",
    Outcome.UNANSWERED: "without any answer",
    Outcome.HALF_OPEN: "never established",
}

SIDES = {
    Side.SENDER: "the sending side",
    Side.SENDER_RESOLVER: "the sender's resolver",
    Side.PATH: "the path between",
    Side.RECIPIENT: "the receiving side",
    Side.RECIPIENT_RESOLVER: "the receiver's resolver",
}
"""Sides of a fault, in words."""


class End(NamedTuple):
    """How an attempt ended."""

    words: str
    """``deferred with 451 4.1.8``."""
    code: int | None = None
    enhanced: str | None = None


def end_of(attempt: Attempt) -> End:
    """Say how an attempt ended."""
    connection, reply = attempt.connection, attempt.reply
    if attempt.outcome is DeliveryOutcome.ACCEPTED:
        return End("accepted", reply.code if reply else None, reply.enhanced if reply else None)
    if connection.outcome in _UNCONNECTED:
        return End(_UNCONNECTED[connection.outcome])
    if reply is not None and reply.code >= _REFUSED:
        code = " ".join(filter(None, (str(reply.code), reply.enhanced)))
        return End(f"{'rejected' if reply.code >= _PERMANENT else 'deferred'} with {code}", reply.code, reply.enhanced)
    if connection.dialogue is not None and connection.dialogue.tls is not None:
        return End("hidden by TLS")
    return End(f"broken off at {attempt.step}")


def ends(delivery: Delivery) -> list[tuple[End, int]]:
    """Count the attempts by how they ended, the most common first."""
    return Counter(map(end_of, delivery.attempts)).most_common()


def tries_words(delivery: Delivery) -> str:
    """Count several attempts: ``12 attempts in 19 h 3 min, every 5 min to 2 h 1 min: 11 deferred with 451 4.1.8, 1 accepted``.

    Returns: nothing for one attempt.
    """
    tries = delivery.attempts
    if len(tries) < 2:  # noqa: PLR2004 - several
        return ""
    waits = [later.at - earlier.at for earlier, later in pairwise(tries)]
    told = ", ".join(f"{number:,} {end.words}" for end, number in ends(delivery))
    every = ""
    if len(waits) > 1:
        least, most = duration(min(waits)), duration(max(waits))
        every = f", every {least}" if least == most else f", {least} to {most} apart"
    return f"{len(tries):,} attempts in {duration(tries[-1].at - tries[0].at)}{every}: {told}"


def decided_by(delivery: Delivery) -> str:
    """Say what would decide whose fault it was: a capture before anything else; nothing where it is known or over."""
    fault = delivery.fault
    if fault is None or not fault.decided_by:
        return ""
    return next((one for one in fault.decided_by if "capture" in one), fault.decided_by[0])


def fault_label(delivery: Delivery) -> str:
    """Say what a fault's sentence is about: ``fault: the receiver's resolver``, ``late: the receiving side``, ``why``."""
    fault = delivery.fault
    if fault is None:
        return ""
    side = SIDES.get(fault.blame.side)
    late = delivery.outcome is DeliveryOutcome.ACCEPTED and bool(fault.blame.temporary)
    if side is None:
        return "late" if late else "why"
    return f"{'late' if late else 'fault'}: {side}"
