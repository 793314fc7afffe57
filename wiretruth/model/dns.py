r"""DNS as it was said: messages, and lookups that pair queries with responses (RFC 1035, terms of RFC 9499).

Names are presentation text, as sent (case kept), without the final dot (``.`` for the root), hostile octets escaped as
``\DDD``. Compare them with ``casefold_name``.
"""

from typing import NamedTuple

from wiretruth.model.frames import Fault, Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection


def casefold_name(name: str) -> str:
    """Give the form under which names are compared: ASCII lower case, no final dot (RFC 4343)."""
    folded = name.lower().rstrip(".") or "."
    return name if folded == name else folded


class Question(NamedTuple):
    """QNAME, QTYPE, QCLASS."""

    name: str
    type: str
    """Mnemonic (``MX``) or ``TYPE65280`` (RFC 3597)."""
    dns_class: str = "IN"


class ResourceRecord(NamedTuple):
    r"""One record; unknown types keep their octets in ``data`` as RFC 3597 text (``\# 4 0a000001``)."""

    owner: str
    type: str
    ttl: int
    data: str
    """Presentation form: ``192.0.2.1``, ``10 mail.example.net``, ``ns1.example.net``."""
    dns_class: str = "IN"
    target: str | None = None
    """The name in the data (CNAME, NS, PTR, MX exchange, SRV target), for those types that have one."""
    preference: int | None = None
    """MX preference."""


class DnsMessage(NamedTuple):
    """One message, as far as it could be read."""

    id: int
    is_response: bool
    opcode: int
    authoritative: bool
    truncated: bool
    recursion_desired: bool
    recursion_available: bool
    rcode: str
    """Mnemonic (``NXDOMAIN``) or ``RCODE16``; the extended part of EDNS included."""
    questions: tuple[Question, ...]
    answers: tuple[ResourceRecord, ...]
    authorities: tuple[ResourceRecord, ...]
    additionals: tuple[ResourceRecord, ...]
    """Without the OPT record."""
    edns: bool
    faults: tuple[Fault, ...] = ()


class Lookup(NamedTuple):
    """One question of one client to one resolver, its retransmissions folded in, and what came back."""

    vantage: str
    client: Endpoint
    resolver: Endpoint
    """Where the query was sent."""
    transport: str
    """``udp`` or ``tcp``."""
    id: int
    question: Question
    recursion_desired: bool
    queries: tuple[Mark, ...]
    """Each sending seen, at most KEPT_FRAMES; empty where only the response was seen."""
    query_count: int
    response: Mark | None
    """The first response, or ``None``."""
    rcode: str | None
    """``None``: nobody answered."""
    authoritative: bool = False
    truncated: bool = False
    answers: tuple[ResourceRecord, ...] = ()
    """The answer section in wire order."""
    authorities: tuple[ResourceRecord, ...] = ()
    """The authority section: a referral's NS, a negative answer's SOA."""
    additionals: tuple[ResourceRecord, ...] = ()
    """The additional section: addresses that came along with an MX or NS answer."""
    reply_source: Endpoint | None = None
    """Where the response came from, when that is not ``resolver``."""
    other_answers: tuple[tuple[Mark, tuple[ResourceRecord, ...]], ...] = ()
    """Later responses to the same query whose answers differ from the first (repeats that agree are dropped)."""
    rejections: tuple[Rejection, ...] = ()
    """ICMP errors that quote one of the queries."""
    waited_until: int = 0
    """Last moment at which an answer could have been seen: the response, or when the lookup was given up."""
    faults: tuple[Fault, ...] = ()

    @property
    def at(self) -> int:
        """When the first query was sent, or the response where no query was seen."""
        first = self.queries[0] if self.queries else self.response
        return first.at if first else 0

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames that hold it, queries first."""
        return tuple(m.frame for m in self.queries) + ((self.response.frame,) if self.response else ())

    @property
    def latency(self) -> int | None:
        """Nanoseconds from the first query to the response; ``None`` without either."""
        return self.response.at - self.queries[0].at if self.response and self.queries else None
