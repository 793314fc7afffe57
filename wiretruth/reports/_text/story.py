"""One delivery as a short story: what was looked up, who was tried, what was said, how it ended."""

from collections.abc import Iterator
from typing import Final

from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Delivery, DeliveryOutcome, ExpectedHost
from wiretruth.model.idn import readable
from wiretruth.model.sighting import Outcome
from wiretruth.reports._text.attempt import attempt_moments
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.deciding import deciding_moments
from wiretruth.reports._text.lookups import lookup_pieces
from wiretruth.reports._text.moment import Moment
from wiretruth.reports._text.page import Line, Piece, line
from wiretruth.reports._text.style import DOUBTFUL, OUTCOME, QUIET
from wiretruth.reports._tries import decided_by, fault_label, tries_words
from wiretruth.reports._words import count, host

LONGEST: Final = 24
"""Lines of a story told in short; in a longer one the middle is left out."""
FIRST: Final = 8
"""Lines kept from the beginning of a longer story."""
NAMED_RECIPIENTS: Final = 3
"""Recipients named in a title; the rest is counted."""

_UNCONNECTED: Final = {Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN}


def story(delivery: Delivery, clock: Clock, *, in_full: bool = False) -> Iterator[Line]:
    """Tell one delivery, its outcome first.

    Args:
        delivery: as observed.
        clock: says the times.
        in_full: every line of every dialogue, nothing left out.
    """
    yield line(*title(delivery))
    yield from summary_lines(delivery)
    moments = moments_of(delivery, in_full=in_full)
    head, left_out, tail = (moments, 0, []) if in_full else _abridged(moments)
    yield from (moment.line(clock) for moment in head)
    if left_out:
        yield line((f"... {count(left_out, 'more line')} (-v shows them)", QUIET), lead="  ")
        yield from (moment.line(clock) for moment in tail)
    skipped = passed_over(delivery)
    if skipped:
        names = ", ".join(ranked(expected) for expected in skipped)
        yield line(("not contacted here: ", DOUBTFUL), names, lead="  ")


def summary_lines(delivery: Delivery) -> Iterator[Line]:
    """Count the attempts where there were several, and say whose fault it was."""
    tries = tries_words(delivery)
    if tries:
        yield line(tries, lead="  ")
    if delivery.fault is not None:
        yield line((f"{fault_label(delivery)}: ", "bold"), delivery.fault.sentence, lead="  ")
        deciding = decided_by(delivery)
        if deciding and (delivery.outcome is not DeliveryOutcome.ACCEPTED or not delivery.fault.blame.temporary):
            yield line(("would decide it: ", "bold"), deciding, lead="  ")


def title(delivery: Delivery) -> list[Piece]:
    """Say whose mail it was and how it ended: ``Mail for bob@example.net from 10.10.0.5: accepted by ...``."""
    kind = "Mail that came in" if delivery.inbound else "Mail"
    end: Piece = (_end(delivery), OUTCOME[delivery.outcome])
    reads = readable(delivery.domain)
    return [
        (f"{kind} for {_recipients(delivery)}{f' ({reads})' if reads else ''}", "bold"),
        f" from {delivery.client}: ",
        end,
    ]


def passed_over(delivery: Delivery) -> list[ExpectedHost]:
    """Give the hosts that should have been tried before the one that was, or at all, and were not."""
    contacted = {a.connection.server.address for a in delivery.attempts}
    if not contacted:
        return []
    missed = [h for h in delivery.expected if h.addresses and contacted.isdisjoint(h.addresses)]
    reached = [h.preference or 0 for h in delivery.expected if not contacted.isdisjoint(h.addresses)]
    return [h for h in missed if not reached or (h.preference or 0) < min(reached)]


def _recipients(delivery: Delivery) -> str:
    if not delivery.recipients:
        return delivery.domain or "a domain that was not seen"
    named = ", ".join(delivery.recipients[:NAMED_RECIPIENTS])
    more = len(delivery.recipients) - NAMED_RECIPIENTS
    return f"{named} and {count(more, 'more recipient')}" if more > 0 else named


def _end(delivery: Delivery) -> str:
    if delivery.outcome is not DeliveryOutcome.UNKNOWN:
        last = next((a for a in reversed(delivery.attempts) if a.reply and a.reply == delivery.reply), None)
        kept = f" as {delivery.queue_id}" if delivery.queue_id and delivery.outcome is DeliveryOutcome.ACCEPTED else ""
        return f"{delivery.outcome} by {_who(delivery, last.connection)}{kept}" if last else str(delivery.outcome)
    if not delivery.attempts:
        return "nobody was tried"
    if all(a.connection.outcome in _UNCONNECTED for a in delivery.attempts):
        return "no connection came about"
    if any(a.connection.dialogue and a.connection.dialogue.tls for a in delivery.attempts):
        return "its end is hidden by TLS"
    return "its end was not seen"


def _who(delivery: Delivery, connection: Connection) -> str:
    """Name the host that spoke: where the connection was led elsewhere, that is not the one that was meant."""
    misled = delivery.fault is not None and delivery.fault.code == "destination-rewritten"
    if not misled or connection.contacted == connection.server:
        return str(connection.server)
    return f"{connection.contacted} (not by {connection.server}, as meant)"


def moments_of(delivery: Delivery, *, in_full: bool) -> list[Moment]:
    """Put lookups and attempts in the order of time; what was looked up during an attempt stands within it."""
    attempts = [attempt_moments(a, delivery.expected, in_full=in_full) for a in delivery.attempts]
    spans = [(moments[0].at, moments[-1].at) for moments in attempts]
    keyed = [(start, moment) for (start, _), moments in zip(spans, attempts, strict=True) for moment in moments]
    for (start, _), attempt in zip(spans, delivery.attempts, strict=True):
        keyed += [(start, moment) for moment in deciding_moments(delivery, attempt, in_full=in_full)]
    for tied in delivery.lookups:
        at = tied.nearest.at
        within = [start for start, end in spans if start <= at <= end]
        pieces = lookup_pieces(tied.nearest)
        frames: list[Piece] = [(f" (frames {', '.join(map(str, tied.nearest.frames))})", QUIET)] if in_full else []
        moment = Moment(at, [*pieces, *frames], inner=bool(within))
        keyed.append((within[-1] if within else at, moment))
    keyed.sort(key=lambda pair: (pair[0], pair[1].at))
    return [moment for _, moment in keyed]


def _abridged(moments: list[Moment]) -> tuple[list[Moment], int, list[Moment]]:
    if len(moments) <= LONGEST:
        return moments, 0, []
    kept_at_end = LONGEST - FIRST
    return moments[:FIRST], len(moments) - LONGEST, moments[-kept_at_end:]


def ranked(expected: ExpectedHost) -> str:
    rank = "" if expected.preference is None else f" (MX {expected.preference})"
    return host(expected.name, expected.addresses) + rank
