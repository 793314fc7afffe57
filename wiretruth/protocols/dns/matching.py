"""To which lookup a message or an ICMP error belongs (RFC 5452 §9.1), among those with its client, transport and id."""

from collections.abc import Iterable

from wiretruth.model.dns import DnsMessage, Question
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.protocols.dns.exchange import Exchange

_MAY_LACK_QUESTION = frozenset({"FORMERR", "SERVFAIL", "NOTIMP", "REFUSED"})
"""Servers that could not or would not read the question may leave it out of such a response."""


def find_asked(alike: list[Exchange], resolver: Endpoint, question: Question) -> Exchange | None:
    """Find the lookup in which this resolver was asked this question."""
    for exchange in alike:
        if exchange.resolver == resolver and exchange.asks(question):
            return exchange
    return None


def find_answered(alike: list[Exchange], source: Endpoint, response: DnsMessage) -> Exchange | None:
    """Find the lookup that *response*, sent by *source*, answers.

    A response from elsewhere than was asked is taken only where whoever was asked is still silent.
    """
    if not response.questions:
        return _find_refused(alike, source) if response.rcode in _MAY_LACK_QUESTION else None
    question = response.questions[0]
    silent = None
    for exchange in alike:
        if not exchange.asks(question):
            continue
        if source in (exchange.resolver, exchange.reply_source):
            return exchange
        if silent is None and exchange.response is None:
            silent = exchange
    return silent


def find_rejected(exchanges: Iterable[Exchange], rejection: Rejection) -> Exchange | None:
    """Find the one unanswered lookup whose query *rejection* can quote; ``None`` where there are several."""
    found = [
        exchange
        for exchange in exchanges
        if exchange.response is None
        and exchange.key[0] == rejection.quoted_source
        and exchange.resolver == rejection.quoted_destination
    ]
    return found[0] if len(found) == 1 else None


def _find_refused(alike: list[Exchange], source: Endpoint) -> Exchange | None:
    for exchange in alike:
        if exchange.resolver == source:
            return exchange
    return None
