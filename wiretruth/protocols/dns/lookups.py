"""Queries and responses become lookups (RFC 1035 §7.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wiretruth.model.dns import DnsMessage, Lookup
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.protocols.dns.exchange import Exchange, Key
from wiretruth.protocols.dns.matching import find_answered, find_asked, find_rejected
from wiretruth.protocols.dns.pending import Pending

MAX_WEIGHT = 200_000
"""Lookups under way, each with the records it holds (``Exchange.weight``): some 200 MiB. A resolver whose
1,000 queries a second all stay unanswered has 60,000 under way."""

_QUERY = 0

_NOTHING: list[Lookup] = []
"""Most messages end no lookup; never added to."""

_new = tuple.__new__


@dataclass(slots=True)
class LookupCounts:
    """What did not become a part of a lookup, and what had to end early."""

    duplicate_queries: int = 0
    """Packets captured twice: not retransmissions."""
    repeated_answers: int = 0
    """Further responses that say what was already said."""
    stray_responses: int = 0
    """Responses without a question, to nothing that was asked."""
    stray_rejections: int = 0
    """ICMP errors that quote no query under way, or could quote any of several."""
    other_messages: int = 0
    """Updates, notifications and the like; queries without a question (RFC 7873 §5.4)."""
    evicted: int = 0
    """Lookups that ended before their time because the table was full."""


class LookupTable:
    """Pairs queries with responses by vantage, endpoints, transport, id and question.

    A lookup is over, and given, when nothing more can come of it: ANSWER_WINDOW after its response, GIVE_UP after its last
    query, by the latest moment that its vantage has seen.
    """

    def __init__(self, limit: int = MAX_WEIGHT) -> None:
        """Begin empty.

        Args:
            limit: the weight of all lookups under way, over all vantages.
        """
        self.counts = LookupCounts()
        self._limit = limit
        self._weight = 0
        self._vantages: dict[str, Pending] = {}

    def receive(
        self,
        vantage: str,
        at: int,
        frame: int,
        source: Endpoint,
        destination: Endpoint,
        *,
        transport: str,
        message: DnsMessage,
    ) -> list[Lookup]:
        """Take one message; give the lookups that are over, in the order of their first frames.

        Args:
            vantage: label of the vantage that saw it.
            at: when, in nanoseconds since the Unix epoch.
            frame: number of the frame that completed it.
            source: who sent it.
            destination: to whom it was sent.
            transport: ``udp`` or ``tcp``.
            message: as far as it could be read.
        """
        pending = self._vantages.get(vantage) or self._pending(vantage)
        over = self._settle(pending, due) if (due := pending.due(at)) else _NOTHING
        is_response = message.is_response
        if message.opcode != _QUERY or not (is_response or message.questions):
            self.counts.other_messages += 1
            return _in_order(over)
        client, peer = (destination, source) if is_response else (source, destination)
        key = client, transport, message.id
        alike = pending.alike(key)
        if alike and (stale := [exchange for exchange in alike if exchange.deadline < pending.now]):
            over = over + self._settle(pending, stale)
        mark = _new(Mark, (at, frame))
        take = self._take_response if is_response else self._take_query
        taken = take(pending, key, peer, mark, message)
        return _in_order(over + taken) if over or taken else _NOTHING

    def rejected(self, vantage: str, rejection: Rejection, dns_id: int | None) -> list[Lookup]:
        """Take an ICMP error that quotes a query; give the lookups that are over.

        The rejected lookup goes on: what is sent again, or by another way, may still be answered.

        Args:
            vantage: label of the vantage that saw it.
            rejection: the error, quoting a UDP datagram from a client to a resolver.
            dns_id: the id of the quoted query, ``None`` where the quotation ends before it.
        """
        pending = self._pending(vantage)
        over = self._settle(pending, pending.due(rejection.at))
        quotable: Iterable[Exchange] = (
            pending.unanswered() if dns_id is None else pending.alike((rejection.quoted_source, "udp", dns_id))
        )
        exchange = find_rejected((x for x in quotable if x.deadline >= pending.now), rejection)
        if exchange is None:
            self.counts.stray_rejections += 1
        else:
            exchange.reject(rejection)
        return _in_order(over)

    def seen_until(self, vantage: str) -> int:
        """Give the latest moment that a vantage is known to have seen."""
        return self._pending(vantage).now

    def watch(self, vantage: str, now: int) -> None:
        """Note that a vantage was watching at *now*, and nothing else yet."""
        pending = self._pending(vantage)
        pending.now = max(pending.now, now)

    def resume(self, exchange: Exchange) -> list[Lookup]:
        """Take a lookup under way that was followed elsewhere so far; give those that have to make room for it."""
        return self._begin(self._pending(exchange.vantage), exchange)

    def advance(self, now: int, vantage: str | None = None) -> list[Lookup]:
        """Let time pass; give the lookups that are over.

        Args:
            now: nanoseconds since the Unix epoch.
            vantage: who was watching until *now*; ``None`` for every vantage, as when live.
        """
        watching = list(self._vantages.values()) if vantage is None else [self._pending(vantage)]
        return _in_order([x for pending in watching for x in self._settle(pending, pending.due(now))])

    def finish(self) -> list[Lookup]:
        """Give every lookup under way: each vantage has seen its last packet."""
        return _in_order([x for pending in self._vantages.values() for x in self._settle(pending, pending.all())])

    def _pending(self, vantage: str) -> Pending:
        pending = self._vantages.get(vantage)
        if pending is None:
            pending = self._vantages[vantage] = Pending(vantage)
        return pending

    def _take_query(
        self, pending: Pending, key: Key, resolver: Endpoint, mark: Mark, message: DnsMessage
    ) -> list[Lookup]:
        over: list[Lookup] = _NOTHING
        exchange = find_asked(pending.alike(key), resolver, message.questions[0])
        if exchange is not None:
            if exchange.repeats(mark.at):
                self.counts.duplicate_queries += 1
                return _NOTHING
            if exchange.response is None or exchange.precedes(mark.at):
                exchange.ask(mark)
                pending.reorder(exchange)
                return _NOTHING
            over = self._settle(pending, [exchange])
        exchange = Exchange(pending.vantage, key, resolver, message)
        exchange.ask(mark)
        begun = self._begin(pending, exchange)
        return over + begun if over else begun

    def _take_response(
        self, pending: Pending, key: Key, source: Endpoint, mark: Mark, message: DnsMessage
    ) -> list[Lookup]:
        exchange = find_answered(pending.alike(key), source, message)
        if exchange is None:
            if not message.questions:
                self.counts.stray_responses += 1
                return _NOTHING
            exchange = Exchange(pending.vantage, key, source, message)
            exchange.answer(mark, message, source)
            return self._begin(pending, exchange)
        self._weight -= exchange.weight
        if exchange.response is None:
            exchange.answer(mark, message, source)
            pending.reorder(exchange)
        elif not exchange.answer_again(mark, message):
            self.counts.repeated_answers += 1
        self._weight += exchange.weight
        return self._make_room(pending) if self._weight > self._limit else _NOTHING

    def _begin(self, pending: Pending, exchange: Exchange) -> list[Lookup]:
        self._weight += exchange.weight
        crowded_out = pending.add(exchange)
        if crowded_out is None:
            return self._make_room(pending) if self._weight > self._limit else _NOTHING
        self.counts.evicted += 1
        return self._settle(pending, [crowded_out]) + self._make_room(pending)

    def _make_room(self, preferred: Pending) -> list[Lookup]:
        """End lookups of the vantage that asks for room, of the others only when it has none."""
        over: list[Lookup] = []
        for pending in (preferred, *self._vantages.values()):
            while self._weight > self._limit and (oldest := pending.oldest()):
                self.counts.evicted += 1
                over += self._settle(pending, [oldest])
        return over

    def _settle(self, pending: Pending, exchanges: list[Exchange]) -> list[Lookup]:
        for exchange in exchanges:
            pending.remove(exchange)
            self._weight -= exchange.weight
        return [exchange.lookup(pending.now) for exchange in exchanges]


def _in_order(lookups: list[Lookup]) -> list[Lookup]:
    return sorted(lookups, key=_place) if len(lookups) > 1 else lookups


def _place(lookup: Lookup) -> tuple[int, str, tuple[int, ...]]:
    return lookup.at, lookup.vantage, lookup.frames
