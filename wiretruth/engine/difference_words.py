"""The words of a diff of answers and contacts."""

from datetime import date

from wiretruth.model.delivery import Attempt
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Resolution

_FIRST_DAY = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()
_OUTCOMES = {
    Outcome.ESTABLISHED: "connected",
    Outcome.REFUSED: "refused",
    Outcome.REJECTED: "rejected",
    Outcome.UNANSWERED: "no answer",
    Outcome.RESET: "connected, then reset",
    Outcome.HALF_OPEN: "half-open",
    Outcome.MIDSTREAM: "connected before the capture",
}


def clock(at: int) -> str:
    """Say a second in UTC: ``2026-11-20 18:29:43``; a day that no calendar has is the nearest one that it has."""
    day, second = divmod(at // NANOSECONDS, 86_400)
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    date_of = date.fromordinal(min(max(_FIRST_DAY + day, 1), _LAST_DAY))
    return f"{date_of.isoformat()} {hours:02}:{minutes:02}:{seconds:02}"


def said(told: Resolution | None) -> str:
    """Say who answered, when, for how long."""
    if told is None:
        return "answered"
    lived = (told.until - told.at) // NANOSECONDS
    return f"{told.resolver} told {told.client} at {clock(told.at)}, TTL {lived} s"


def lifetime(told: Resolution | None, attempt: Attempt) -> str:
    """Say whether the answer was still good when the host was contacted."""
    if told is None:
        return "TTL not known"
    late = attempt.at - told.until
    if attempt.at < told.at:
        return "told only after the contact"
    return f"run out {duration(late)} before the contact" if late > NANOSECONDS else "still good at the contact"


def contacted(attempt: Attempt) -> str:
    """Say when a host was contacted, and what came of it."""
    connection = attempt.connection
    return f"contacted at {clock(attempt.at)}: {_OUTCOMES[connection.outcome]}"
