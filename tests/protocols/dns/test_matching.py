"""To which lookup something belongs."""

import pytest

from tests.protocols.dns.scene import CLIENT, OTHER, RESOLVER, START, message
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.protocols.dns.exchange import Exchange
from wiretruth.protocols.dns.matching import find_answered, find_asked, find_rejected

STRANGER = Endpoint("198.51.100.99", 53)


def asked(resolver: Endpoint = RESOLVER, kind: str = "A", answered_by: Endpoint | None = None) -> Exchange:
    exchange = Exchange("gw", (CLIENT, "udp", 4711), resolver, message(kind=kind))
    exchange.ask(Mark(START, 1))
    if answered_by:
        exchange.answer(Mark(START, 2), message("192.0.2.1", kind=kind), answered_by)
    return exchange


def test_a_query_belongs_to_its_resolver_and_question() -> None:
    alike = [asked(), asked(OTHER), asked(kind="MX")]

    for exchange in alike:
        assert exchange is find_asked(alike, exchange.resolver, exchange.question)
    assert find_asked(alike, STRANGER, alike[0].question) is None


@pytest.mark.parametrize(
    ("alike", "source", "kind", "expected"),
    [
        ([asked(), asked(OTHER)], OTHER, "A", 1),
        ([asked(kind="MX"), asked()], RESOLVER, "A", 1),
        ([asked()], STRANGER, "A", 0),
        ([asked(answered_by=RESOLVER), asked(OTHER)], STRANGER, "A", 1),
        ([asked(answered_by=STRANGER)], STRANGER, "A", 0),
        ([asked(answered_by=STRANGER)], RESOLVER, "A", 0),
        ([asked(answered_by=RESOLVER)], STRANGER, "A", None),
        ([asked()], RESOLVER, "MX", None),
        ([asked()], STRANGER, "MX", None),
        ([], RESOLVER, "A", None),
    ],
)
def test_a_response_belongs_to_who_asked_that(
    alike: list[Exchange], source: Endpoint, kind: str, expected: int | None
) -> None:
    """From elsewhere it is taken only for a resolver that is still silent."""
    found = find_answered(alike, source, message("192.0.2.1", kind=kind))

    assert (None if expected is None else alike[expected]) is found


@pytest.mark.parametrize(
    ("rcode", "source", "expected"),
    [
        ("FORMERR", RESOLVER, True),
        ("SERVFAIL", RESOLVER, True),
        ("NOTIMP", RESOLVER, True),
        ("REFUSED", RESOLVER, True),
        ("NXDOMAIN", RESOLVER, False),
        ("NOERROR", RESOLVER, False),
        ("REFUSED", STRANGER, False),
    ],
)
def test_an_error_may_lack_the_question(rcode: str, source: Endpoint, expected: bool) -> None:
    """The same tolerance as dnspython's ``Message.is_response``."""
    found = find_answered([asked()], source, message(response=True, rcode=rcode, question=False))

    assert expected == (found is not None)


def test_a_rejection_belongs_to_the_only_one_it_can_quote() -> None:
    error = Rejection(START, 9, RESOLVER.address, 4, 3, 3, None, CLIENT, RESOLVER, 64, of_syn=False)
    one = asked()

    assert one is find_rejected([one, asked(OTHER), asked(answered_by=RESOLVER)], error)
    assert find_rejected([one, asked(kind="AAAA")], error) is None
    assert find_rejected([], error) is None
    assert find_rejected([one], error._replace(quoted_source=RESOLVER, quoted_destination=CLIENT)) is None
