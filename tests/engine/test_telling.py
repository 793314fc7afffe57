"""Findings are told once, when they last, and again only when they grew worse."""

from dataclasses import replace

import pytest

from wiretruth.engine.telling import AGAIN, LASTING, Telling, condition_of, sentence
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.frames import NANOSECONDS

NOW = 1_795_199_383 * NANOSECONDS


def finding(at: int = NOW, severity: Severity = Severity.WARNING, words: str = "3 SYNs in 7 s") -> Finding:
    party = Party("198.51.100.10", 25, "mail.example.net", ("wire",))
    return Finding("connect-blackholed", severity, Confidence.LIKELY, words, at, "10.10.0.5", (), party, party)


def test_what_does_not_last_is_not_told() -> None:
    telling = Telling()

    assert [] == telling.hear([finding()], NOW)
    assert [] == telling.hear([], NOW + LASTING)
    assert [] == telling.hear([finding()], NOW + 2 * LASTING)


def test_what_lasts_is_told_once() -> None:
    telling = Telling()
    telling.hear([finding()], NOW)

    assert [1] == [told.times for told in telling.hear([finding()], NOW + LASTING)]
    assert [] == telling.hear([finding()], NOW + 2 * LASTING)


def test_something_waits_for_its_time() -> None:
    telling = Telling()
    telling.hear([finding()], NOW)
    assert telling.waiting
    telling.hear([finding()], NOW + LASTING)
    assert not telling.waiting


def test_figures_do_not_make_another_condition() -> None:
    assert condition_of(finding()) == condition_of(finding(NOW + 9, words="5 SYNs in 31.2 s"))
    assert condition_of(finding()) != condition_of(replace(finding(), client="10.10.0.6"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "R did not answer C: 1 lookup in 2.0 s (MX a.example)",
            "R did not answer C: 14 lookups in 8.3 s (MX a.example, A b)",
        ),
        ("mail.example.net [198.51.100.10]:25 refused C", "mail.example.net [198.51.100.10]:25 refused C (2 attempts)"),
        ("the SYN was sent 3 times in 3.0 s", "the SYN was sent 6 times in 5.1 s"),
    ],
)
def test_what_grows_is_the_same_condition(first: str, then: str) -> None:
    assert condition_of(finding(words=first)) == condition_of(finding(words=then))


def test_other_recipients_are_other_conditions() -> None:
    words = "mail.example.net [198.51.100.10]:25 deferred mail for {}@example.net at RCPT: 450 4.7.1 {}"
    one, same, other = (finding(words=words.format(*of)) for of in (("bob", "busy"), ("bob", "full"), ("eve", "busy")))

    assert condition_of(one) == condition_of(same)
    assert condition_of(one) != condition_of(other)


def test_worse_is_told_again_at_once() -> None:
    telling = Telling(lasting=0)
    telling.hear([finding()], NOW)

    assert [True] == [t.again for t in telling.hear([finding(severity=Severity.CRITICAL)], NOW + 1)]
    assert [] == telling.hear([finding(severity=Severity.WARNING)], NOW + 2)


def test_more_of_the_same_is_told_when_it_doubled_and_not_too_often() -> None:
    telling = Telling(lasting=0)
    telling.hear([finding()], NOW)
    many = [finding(NOW + n) for n in range(4)]

    assert [] == telling.hear(many, NOW + AGAIN - 1)
    assert [4] == [told.times for told in telling.hear(many, NOW + AGAIN)]


def test_the_same_finding_is_counted_once() -> None:
    telling = Telling(lasting=0)
    for n in range(5):
        telling.hear([finding()], NOW + n)

    assert [2] == [told.times for told in telling.hear([finding(), finding(NOW + 9)], NOW + AGAIN)]


def test_what_lies_before_the_window_is_not_told() -> None:
    assert [] == Telling(lasting=0).hear([finding()], NOW, since=NOW)


def test_at_the_end_everything_is_told() -> None:
    assert 1 == len(Telling().hear([finding()], NOW, final=True))


def test_the_sentence_says_how_often() -> None:
    telling = Telling(lasting=0)
    told = telling.hear([finding()], NOW)[0]
    more = telling.hear([finding(NOW + AGAIN)], NOW + AGAIN)[0]

    assert "3 SYNs in 7 s" == sentence(told)
    assert "3 SYNs in 7 s (2 times in 10 min 0 s)" == sentence(more)
