"""One delivery as a story."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.delivery import Delivery, DeliveryOutcome, ExpectedHost
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome
from wiretruth.model.tls import TlsStart
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.page import text
from wiretruth.reports._text.story import FIRST, LONGEST, passed_over, story, title

CLOCK = clock_of(scenes.seed())
SEED = scenes.delivery()
TRIED = SEED.attempts[0]
FIRST_MX = ExpectedHost(10, "mx1.example.net", ("198.51.100.10",))
SECOND_MX = ExpectedHost(20, "mx2.example.net", ("192.0.2.66",))
THIRD_MX = ExpectedHost(30, "mx3.example.net", ("198.51.100.30",))
UNSEEN = ExpectedHost(5, "mx0.example.net", ())


def lines(delivery: Delivery, *, in_full: bool = False) -> list[str]:
    return [line.plain for line in story(delivery, CLOCK, in_full=in_full)]


def test_seed() -> None:
    assert [
        "Mail for bob@example.net from 10.10.0.5: accepted by 192.0.2.66:25",
        "  18:29:43.288  198.51.100.53 says MX example.net: 10 mail.example.net",
        "  18:29:43.289  198.51.100.53 says A mail.example.net: 198.51.100.10",
        "  18:29:43.289  tried 192.0.2.66:25, which no answer above names: connected",
        "  18:29:43.289    greeting: 220 relay.other.example ESMTP",
        "  18:29:43.289    EHLO mta.corp.example, MAIL, RCPT, DATA: agreed",
        "  18:29:43.289    message of 551 octets: 250 2.0.0 Ok",
        "  not contacted here: mail.example.net [198.51.100.10] (MX 10)",
    ] == lines(SEED)


def unfinished(**changes: object) -> Delivery:
    return SEED._replace(outcome=DeliveryOutcome.UNKNOWN, reply=None, **changes)  # type: ignore[arg-type] # see above


REFUSED = TRIED._replace(connection=scenes.connection(outcome=Outcome.REFUSED))
HIDDEN = TRIED._replace(
    connection=TRIED.connection._replace(dialogue=replace(scenes.dialogue(), tls=TlsStart(1, 1, implicit=False))),
)


@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        (SEED, "Mail for bob@example.net from 10.10.0.5: accepted by 192.0.2.66:25"),
        (
            SEED._replace(inbound=True),
            "Mail that came in for bob@example.net from 10.10.0.5: accepted by 192.0.2.66:25",
        ),
        (
            SEED._replace(recipients=tuple("abcde")),
            "Mail for a, b, c and 2 more recipients from 10.10.0.5: accepted by 192.0.2.66:25",
        ),
        (SEED._replace(recipients=()), "Mail for example.net from 10.10.0.5: accepted by 192.0.2.66:25"),
        (
            SEED._replace(recipients=(), domain=""),
            "Mail for a domain that was not seen from 10.10.0.5: accepted by 192.0.2.66:25",
        ),
        (SEED._replace(reply=None), "Mail for bob@example.net from 10.10.0.5: accepted"),
        (unfinished(), "Mail for bob@example.net from 10.10.0.5: its end was not seen"),
        (unfinished(attempts=()), "Mail for bob@example.net from 10.10.0.5: nobody was tried"),
        (unfinished(attempts=(REFUSED,)), "Mail for bob@example.net from 10.10.0.5: no connection came about"),
        (unfinished(attempts=(REFUSED, HIDDEN)), "Mail for bob@example.net from 10.10.0.5: its end is hidden by TLS"),
    ],
)
def test_title(delivery: Delivery, expected: str) -> None:
    assert expected == text(*title(delivery)).plain


@pytest.mark.parametrize(
    ("expected", "passed"),
    [
        ((FIRST_MX, SECOND_MX, THIRD_MX), [FIRST_MX]),
        ((SECOND_MX, THIRD_MX), []),
        ((FIRST_MX, THIRD_MX), [FIRST_MX, THIRD_MX]),
        ((UNSEEN, SECOND_MX), []),
        ((FIRST_MX._replace(preference=20), SECOND_MX), []),
        ((), []),
    ],
)
def test_who_was_passed_over(expected: tuple[ExpectedHost, ...], passed: list[ExpectedHost]) -> None:
    """Less preferred hosts, equals, and hosts whose address was not seen, are not missed."""
    assert passed == passed_over(SEED._replace(expected=expected))


def test_nobody_is_passed_over_before_anybody_is_tried() -> None:
    assert [] == passed_over(SEED._replace(attempts=()))


def test_attempts_in_the_order_of_time() -> None:
    refused = scenes.connection(server=Endpoint("198.51.100.10", 25), outcome=Outcome.REFUSED)
    first = TRIED._replace(at=scenes.at(650), connection=refused, reply=None)

    tries = [line for line in lines(SEED._replace(attempts=(TRIED, first))) if "tried" in line]

    assert [
        "  18:29:43.289  tried mail.example.net [198.51.100.10]:25 (MX 10): refused",
        "  18:29:43.289  tried 192.0.2.66:25, which no answer above names: connected",
    ] == tries


def test_a_lookup_during_an_attempt_stands_within_it() -> None:
    """A server looks the sender's domain up between MAIL and its reply: that is where it belongs."""
    within = scenes.lookup("corp.example", "MX", None, 30, scenes.at(930), rcode="SERVFAIL")

    told = lines(SEED._replace(lookups=(within,)))

    assert "  18:29:43.289    198.51.100.53 says MX corp.example: SERVFAIL, no answer" == told[4]
    assert "message of 551 octets" in told[5]


def test_a_long_story_loses_its_middle() -> None:
    lookups = tuple(scenes.lookup(f"n{i}.example.net", "A", "192.0.2.1", 3, i) for i in range(100))
    long = SEED._replace(lookups=lookups, expected=())

    told = lines(long)

    assert "  ... 80 more lines (-v shows them)" == told[1 + FIRST]
    assert 1 + LONGEST + 1 == len(told)
    assert "250 2.0.0 Ok" in told[-1]
    assert 100 == sum("says" in line for line in lines(long, in_full=True))


def test_frames_in_full() -> None:
    told = lines(SEED, in_full=True)

    assert "198.51.100.53 says MX example.net: 10 mail.example.net (frames 3, 4)" in told[1]
