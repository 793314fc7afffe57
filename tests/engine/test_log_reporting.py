"""What a report says of logs as inputs."""

import pytest

from wiretruth.engine.log_reporting import log_evictions, log_input, log_limits, zone_words
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import LogClock, LogSummary, ReadLog, Reason, Verdict


def summary(clock: LogClock, *, claims: int = 3, outside: int = 0) -> LogSummary:
    verdicts = ((Verdict.UNPROVABLE, claims),)
    reasons = ((Reason.OUTSIDE, outside),)
    return LogSummary(
        "l", "mail.log", ("Postfix",), 9, 0, outside, claims, verdicts, reasons, (("mta", clock),), None, None
    )


def test_a_log_is_an_input() -> None:
    told = log_input(ReadLog("mail.log", "/var/log/mail.log", ("Postfix", "Exim")))

    assert ("log", "/var/log/mail.log", "mail.log", "Postfix, Exim") == (told.kind, told.path, told.label, told.format)


def test_what_was_given_up() -> None:
    assert [("the list of claims in a", 3), ("the table of messages under way in b", 4)] == list(
        log_evictions([ReadLog("a", "a", dropped=3), ReadLog("b", "b", given_up=4), ReadLog("c", "c")])
    )


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (LogClock(0, assumed=False, offset=NANOSECONDS, grain=1, events=1), []),
        (LogClock(0, assumed=True, offset=None, grain=1, events=0), ["the time zone of mail.log is not known"]),
        (LogClock(3600, assumed=False, offset=0, grain=1, events=1), ["it is UTC+01:00"]),
        (
            LogClock(0, assumed=False, offset=-40 * NANOSECONDS, grain=1, events=1),
            ["is 40.0 s behind that of the captures"],
        ),
        (LogClock(-12600, assumed=False, offset=5 * NANOSECONDS, grain=1, events=1), ["UTC-03:30", "5.0 s ahead of"]),
    ],
)
def test_what_is_uncertain_of_a_clock(clock: LogClock, expected: list[str]) -> None:
    told = list(log_limits([summary(clock)]))

    assert len(expected) == len(told)
    assert [] == [words for words, line in zip(expected, told, strict=True) if words not in line]


def test_a_log_of_another_time() -> None:
    (told,) = log_limits([summary(LogClock(None, assumed=False, offset=None, grain=1, events=0), outside=9)])

    assert "of another time than the captures" in told


def test_zones() -> None:
    assert ["+00:00", "+05:45", "-12:00"] == [zone_words(s) for s in (0, 20_700, -43_200)]
