"""One delivery as a story."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.delivery import Delivery, DeliveryFault, DeliveryOutcome, ExpectedHost
from wiretruth.model.finding import Blame, Side
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


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("destination-rewritten", "accepted by 198.51.100.9:25 (not by 192.0.2.66:25, as meant) as AB12"),
        ("session-reset", "accepted by 192.0.2.66:25 as AB12"),
    ],
)
def test_who_took_it_is_not_whom_it_was_meant_for(code: str, expected: str) -> None:
    near = TRIED.connection.nearest
    led = TRIED.connection._replace(sightings=(near, replace(near, server=Endpoint("198.51.100.9", 25))))
    fault = DeliveryFault(Blame(Side.SENDER, temporary=False, mail_safe=False), "led elsewhere", code)
    delivery = SEED._replace(attempts=(TRIED._replace(connection=led),), queue_id="AB12", fault=fault)

    assert lines(delivery)[0].endswith(expected)
    assert "  fault: the sending side: led elsewhere" == lines(delivery)[1]


def test_retries_are_counted_and_a_late_delivery_says_why() -> None:
    fault = DeliveryFault(
        Blame(Side.RECIPIENT, temporary=True, mail_safe=True), "greylisted", "x", ("a capture on it",)
    )
    again = SEED._replace(attempts=(TRIED, TRIED._replace(at=TRIED.at + scenes.SECOND)), fault=fault)

    assert ["  2 attempts in 1.0 s: 2 accepted", "  late: the receiving side: greylisted"] == lines(again)[1:3]


def test_what_would_decide_is_said_while_it_matters() -> None:
    fault = DeliveryFault(Blame(Side.UNKNOWN, temporary=None, mail_safe=None), "cut off", None, ("a capture on it",))

    assert ["  why: cut off", "  would decide it: a capture on it"] == lines(unfinished(fault=fault))[1:3]


def test_an_internationalised_domain_is_shown_with_what_it_says() -> None:
    told = SEED._replace(domain="xn--bcher-kva.example", recipients=("bob@xn--bcher-kva.example",))

    assert lines(told)[0].startswith("Mail for bob@xn--bcher-kva.example (bücher.example) from 10.10.0.5: ")
