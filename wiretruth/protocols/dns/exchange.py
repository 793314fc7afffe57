"""A lookup while it is under way: what was asked, and what has come back so far."""

from wiretruth.model.dns import DnsMessage, Lookup, Question, ResourceRecord, casefold_name
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import KEPT_FRAMES, Rejection

GIVE_UP = 60 * NANOSECONDS
"""How long an answer is awaited after the last query. glibc waits 5 s for each attempt and BIND 10 s in all; Unbound
and busy forwarders may still hand on an answer after tens of seconds."""

ANSWER_WINDOW = 2 * NANOSECONDS
"""How long a second answer is awaited after the first. Two answers to one query race each other over one path, so they
lie within its round trip, and hardly any takes longer than this."""

SAME_PACKET = NANOSECONDS // 1000
"""Two sightings of one packet (a mirror port, ``-i any`` before and after routing) lie within this; no resolver library
retransmits so soon. What is seen here of a message has no IP identification that could tell better."""

_TEXT_PER_WEIGHT = 128

_NOTHING = (None, False, False, (), (), ())
"""What a lookup without a response was told: code, flags, sections."""

_new = tuple.__new__

Key = tuple[Endpoint, str, int]
"""What a response repeats of its query wherever it comes from: client, transport, id."""


class Exchange:
    """One question to one resolver."""

    __slots__ = (
        "_faults",
        "_others",
        "_queries",
        "_query_count",
        "_recursion_desired",
        "_rejections",
        "_response_mark",
        "deadline",
        "key",
        "last_query",
        "question",
        "reply_source",
        "resolver",
        "response",
        "vantage",
        "weight",
    )

    def __init__(self, vantage: str, key: Key, resolver: Endpoint, message: DnsMessage) -> None:
        """Begin with *message*, a query or a response that has a question; tell ``ask`` or ``answer`` of it next."""
        self.vantage = vantage
        self.key = key
        self.resolver = resolver
        self.question = message.questions[0]
        self._recursion_desired = message.recursion_desired
        self.last_query: int | None = None
        self.response: DnsMessage | None = None
        self.reply_source: Endpoint | None = None
        self.deadline = 0
        """Behind this moment nothing that is seen belongs to this lookup."""
        self.weight = 1
        """What it costs to keep: records, and pieces of 128 characters of their text."""
        self._faults = message.faults
        self._queries: tuple[Mark, ...] = ()
        self._query_count = 0
        self._response_mark: Mark | None = None
        self._others: tuple[tuple[Mark, tuple[ResourceRecord, ...]], ...] = ()
        self._rejections: tuple[Rejection, ...] = ()

    def asks(self, question: Question) -> bool:
        """Tell whether *question* is the one of this lookup; the case of the name does not matter (RFC 4343)."""
        own = self.question
        return (
            own is question
            or own == question
            or (own[1:] == question[1:] and casefold_name(own.name) == casefold_name(question.name))
        )

    def repeats(self, at: int) -> bool:
        """Tell whether the query seen at *at* is the last one, captured a second time."""
        return self.last_query is not None and abs(at - self.last_query) <= SAME_PACKET

    def ask(self, mark: Mark) -> None:
        """Note a sending of the query."""
        if len(self._queries) < KEPT_FRAMES:
            self._queries += (mark,)
        self._query_count += 1
        self.last_query = mark.at
        if self.response is None:
            self.deadline = mark.at + GIVE_UP

    def answer(self, mark: Mark, message: DnsMessage, source: Endpoint) -> None:
        """Note the first response."""
        self.response = message
        self._response_mark = mark
        self.deadline = mark.at + ANSWER_WINDOW
        if source != self.resolver:
            self.reply_source = source
        if message.faults and self._queries:
            self._faults += message.faults
        for section in (message.answers, message.authorities, message.additionals):
            if section:
                self.weight += _weight(section)

    def answer_again(self, mark: Mark, message: DnsMessage) -> bool:
        """Note a further response; tell whether it says something new."""
        first = self.response.answers if self.response else ()
        known = (first, *(answers for _, answers in self._others))
        if any(agree(answers, message.answers) for answers in known):
            return False
        if len(self._others) < KEPT_FRAMES:
            self._others += ((mark, message.answers),)
            self.weight += _weight(message.answers)
        return True

    def reject(self, rejection: Rejection) -> None:
        """Note an ICMP error that quotes a query."""
        if len(self._rejections) < KEPT_FRAMES:
            self._rejections += (rejection,)

    def precedes(self, at: int) -> bool:
        """Tell whether this is a response that the capture holds ahead of its query, which was sent at *at*."""
        return not self._queries and self._response_mark is not None and at <= self._response_mark.at

    def lookup(self, seen_until: int) -> Lookup:
        """Give what is known, of which nothing will change any more.

        Args:
            seen_until: the last moment at which this vantage is known to have been watching.
        """
        response, mark = self.response, self._response_mark
        client, transport, identity = self.key
        if response is None:
            said: tuple[object, ...] = _NOTHING
        else:
            said = (
                response.rcode,
                response.authoritative,
                response.truncated,
                response.answers,
                response.authorities,
                response.additionals,
            )
        return _new(Lookup, (
            self.vantage, client, self.resolver, transport, identity, self.question, self._recursion_desired, self._queries,
            self._query_count, mark, *said, self.reply_source, self._others, self._rejections,
            mark.at if mark else min(self.deadline, max(seen_until, self.last_query or 0)), self._faults,
        ))  # fmt: skip


def agree(some: tuple[ResourceRecord, ...], others: tuple[ResourceRecord, ...]) -> bool:
    """Tell whether two answer sections say the same: the same set of records, whatever their TTL, order and case."""
    return some == others or set(map(_said, some)) == set(map(_said, others))


def _said(record: ResourceRecord) -> tuple[str, str, str, str]:
    data = record.data.lower() if record.target else record.data
    return casefold_name(record.owner), record.type, record.dns_class, data


def _weight(records: tuple[ResourceRecord, ...]) -> int:
    weight = 0
    for record in records:
        weight += 1 + len(record.data) // _TEXT_PER_WEIGHT
    return weight
