"""One attempt as lines of a story."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Attempt, ExpectedHost
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, Reset
from wiretruth.model.smtp import Step
from wiretruth.reports._text.attempt import PLACES, attempt_moments
from wiretruth.reports._text.page import text

EXPECTED = (ExpectedHost(10, "mail.example.net", ("198.51.100.10", "192.0.2.66")),)
ELSEWHERE = (ExpectedHost(10, "mail.example.net", ("198.51.100.10",)),)
ATTEMPT = scenes.delivery().attempts[0]


def lines(attempt: Attempt, expected: tuple[ExpectedHost, ...], *, in_full: bool = False) -> list[str]:
    return [text(*moment.pieces).plain for moment in attempt_moments(attempt, expected, in_full=in_full)]


def test_a_host_that_was_named() -> None:
    assert "tried mail.example.net [192.0.2.66]:25 (MX 10): connected" == lines(ATTEMPT, EXPECTED)[0]


def test_a_host_that_nobody_named() -> None:
    assert "tried 192.0.2.66:25, which no answer above names: connected" == lines(ATTEMPT, ELSEWHERE)[0]


def test_without_any_answer_nothing_is_claimed() -> None:
    """The answer may have been cached: silence, not suspicion."""
    unseen = (ExpectedHost(None, "example.net", ()),)

    assert "tried 192.0.2.66:25: connected" == lines(ATTEMPT, unseen)[0] == lines(ATTEMPT, ())[0]


def test_implicit_mx_has_no_rank() -> None:
    implicit = (ExpectedHost(None, "example.net", ("192.0.2.66",)),)

    assert "tried example.net [192.0.2.66]:25: connected" == lines(ATTEMPT, implicit)[0]


def test_in_full() -> None:
    told = lines(ATTEMPT, (), in_full=True)

    assert "tried 192.0.2.66:25: connected (frame 7)" == told[0]
    assert "S: 250 2.0.0 Ok" == told[-1]


def test_a_reset_ends_it() -> None:
    reset = Reset(scenes.at(2000), 19, False, 64, 1, 0, acceptable=True, answers_closed=False)
    broken = ATTEMPT._replace(connection=scenes.connection(outcome=Outcome.RESET, resets=(reset,)))

    assert "reset in the server's name" == lines(broken, ())[-1]


def test_nothing_was_said() -> None:
    silent = scenes.connection(from_client=HalfStream(), from_server=HalfStream())
    attempt = ATTEMPT._replace(connection=silent._replace(dialogue=None))

    assert ["tried 192.0.2.66:25: connected", "not a word in 0.4 ms"] == lines(attempt, ())


def test_other_addresses_at_other_places() -> None:
    near = scenes.sighting(Endpoint("198.51.100.10", 25))
    same = replace(near, vantage="lan")
    far = replace(scenes.sighting(), vantage="wan", client=Endpoint("203.0.113.1", 40000))
    attempt = Attempt(scenes.at(696), Connection((near, same, far)), Step.CONNECT, None)

    told = lines(attempt, ())

    assert ["tried 198.51.100.10:25: connected", "seen at wan as 203.0.113.1:40000 to 192.0.2.66:25"] == told[:2]
    assert 3 == len(told)


def test_very_many_places_are_counted() -> None:
    far = replace(scenes.sighting(), client=Endpoint("203.0.113.1", 40000))
    attempt = Attempt(scenes.at(696), Connection((scenes.sighting(), *[far] * (PLACES + 3))), Step.CONNECT, None)

    told = lines(attempt, ())

    assert PLACES == sum(line.startswith("seen at") for line in told)
    assert "and under other addresses 3 more times" in told
