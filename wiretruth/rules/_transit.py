"""Which packets of a connection, or of a lookup, one vantage saw and the next one never did."""

from collections.abc import Iterator
from itertools import pairwise

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import Outcome, SegmentMark, Sighting
from wiretruth.rules._crossing import Crossing, next_vantage, seen_after_all

SENDINGS = 2
"""A packet that is lost once may be lost to the weather; one that is sent again and lost again is lost to something."""


def lost_opening(connection: Connection, ledger: Ledger) -> Crossing | None:
    """Give the SYN or SYN-ACK that got no farther."""
    if connection.outcome not in (Outcome.UNANSWERED, Outcome.HALF_OPEN):
        return None
    for before, answered in pairwise(connection.sightings):
        if answered.syn_ack_count and not before.syn_ack_count:
            if answered.established is not None:
                return None  # the client acknowledged it: it came, and the capture missed it
            return Crossing("SYN-ACK", answered.vantage, before.vantage, _marks(answered.syn_acks), from_client=False)
    last = connection.sightings[-1]
    if last.syn_count < SENDINGS or any(s.syn_ack_count for s in connection.sightings):
        return None
    missed = next_vantage(ledger, last.vantage, (last.client.address, last.server.address), last.opened.at)
    if missed is None or seen_after_all(ledger, connection, missed):
        return None
    return Crossing("SYN", last.vantage, missed, _marks(last.syns))


def _marks(segments: tuple[SegmentMark, ...]) -> tuple[Mark, ...]:
    return tuple(Mark(segment.at, segment.frame) for segment in segments)


def lost_segments(connection: Connection) -> Iterator[Crossing]:
    """Give what one side of an open connection sent again and again, and what the next vantage on its way never saw."""
    for near, far in pairwise(connection.sightings):
        if near.vantage != far.vantage and near.client_isn is not None and near.client_isn == far.client_isn:
            for from_client, before, behind in ((True, near, far), (False, far, near)):
                crossing = _lost(before, behind, from_client)
                if crossing is not None:
                    yield crossing


def _lost(before: Sighting, behind: Sighting, from_client: bool) -> Crossing | None:
    sent, came = before.half(from_client), behind.half(from_client)
    stuck = sent.unacknowledged
    if stuck is None or stuck.sendings < SENDINGS or not (before.followed and behind.followed):
        return None
    if not _both_opened(before, behind) or came.missing_octets or came.octets > sent.acknowledged_octets:
        return None
    if came.unacknowledged is not None or came.out_of_order or came.fin is not None:
        return None
    return Crossing(
        "FIN" if stuck.fin_only else "data", before.vantage, behind.vantage, stuck.marks or (stuck.first,), from_client
    )


def _both_opened(one: Sighting, other: Sighting) -> bool:
    """Octets are counted from the same first one: both saw the handshake."""
    return all(s.syn_count and s.syn_ack_count and s.established is not None for s in (one, other))


def _sees_replies(lookup: Lookup, ledger: Ledger) -> bool:
    return ledger.visibility.sees_replies_to(lookup.vantage, lookup.client.address)


def lost_message(lookup: TiedLookup, ledger: Ledger) -> Crossing | None:
    """Give the query, or the answer to it, that got no farther."""
    for before, answered in pairwise(lookup.sightings):
        if answered.response is not None and before.response is None:
            if before.vantage == answered.vantage or before.rejections:
                return None
            if before.query_count < SENDINGS and not _sees_replies(before, ledger):
                return None
            return Crossing("answer", answered.vantage, before.vantage, (answered.response,), from_client=False)
    last = lookup.sightings[-1]
    if last.response is not None:
        return None
    missed = next_vantage(ledger, last.vantage, (last.client.address, last.resolver.address), last.at)
    return Crossing("query", last.vantage, missed, last.queries) if missed is not None else None
