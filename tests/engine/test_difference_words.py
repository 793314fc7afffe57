"""The words of a diff of answers and contacts."""

import pytest

from tests.reports import scenes
from wiretruth.engine.difference_words import clock, contacted, lifetime, said
from wiretruth.model.delivery import Attempt
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Step
from wiretruth.witnesses import resolution

TOLD = resolution.state(scenes.lookup("mail.example.net", "A", "198.51.100.10", 5, scenes.at(0)))


def attempt(at: int, outcome: Outcome = Outcome.ESTABLISHED) -> Attempt:
    return Attempt(at, scenes.connection(outcome=outcome), Step.QUIT, None)


@pytest.mark.parametrize(
    ("at", "words"),
    [(scenes.START, "2026-11-20 18:29:43"), (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59"), (2**70, None)],
)
def test_any_moment_can_be_said(at: int, words: str | None) -> None:
    assert words in (None, clock(at))


def test_who_said_so() -> None:
    assert "198.51.100.53 told 10.10.0.5 at 2026-11-20 18:29:43, TTL 300 s" == said(TOLD)
    assert "answered" == said(None)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (10, "still good at the contact"),
        (300, "still good at the contact"),
        (310, "run out 10.0 s before the contact"),
        (-5, "told only after the contact"),
    ],
)
def test_how_long_it_was_good(seconds: int, words: str) -> None:
    assert words == lifetime(TOLD, attempt(TOLD.at + seconds * scenes.SECOND))
    assert "TTL not known" == lifetime(None, attempt(0))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_word(outcome: Outcome) -> None:
    assert contacted(attempt(scenes.START, outcome)).startswith("contacted at 2026-11-20 18:29:43: ")
