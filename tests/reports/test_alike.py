"""Findings that say the same of other packets."""

from dataclasses import replace

import pytest

from tests.reports.scenes import REWRITTEN
from wiretruth.model.finding import Confidence, Evidence, Finding, Party
from wiretruth.reports._alike import Kind, kinds

FIRST = replace(REWRITTEN, summary="the SYN was sent 6 times in 5.1 s")
LATER = replace(
    FIRST, at=FIRST.at + 1, summary="the SYN was sent 7 times in 63.0 s", evidence=(Evidence("SYN", "lan", (9,)),)
)


def test_other_numbers_and_frames_are_the_same() -> None:
    assert ([Kind(FIRST, (LATER,))], []) == kinds([FIRST, LATER], 3)


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, client="10.10.0.6"),
        replace(FIRST, observed=Party("192.0.2.67", 25)),
        replace(FIRST, intended=None),
        replace(FIRST, confidence=Confidence.PROVEN),
        replace(FIRST, still_possible=()),
        replace(FIRST, settled_by=("the socket table",)),
        replace(FIRST, summary="the SYN was sent 6 times to somebody else"),
        replace(FIRST, summary="the SYN was sent 6 times in 5.1 s to user7@d7.example.net"),
    ],
)
def test_what_somebody_would_want_to_know_of_is_not_the_same(other: Finding) -> None:
    assert ([Kind(FIRST, ()), Kind(other, ())], []) == kinds([FIRST, other], 3)


def test_further_kinds_are_the_rest() -> None:
    others = [replace(FIRST, client=f"10.10.0.{n}") for n in range(10, 14)]

    assert ([Kind(FIRST, (LATER,)), Kind(others[0], ())], others[1:]) == kinds([FIRST, *others, LATER], 2)


def test_nothing() -> None:
    assert ([], []) == kinds([], 2)


def test_names_with_numbers_are_names() -> None:
    rejected = [
        replace(REWRITTEN, summary=f"192.0.2.{n}:25 rejected mail for user{n}@d{n}.example.net") for n in (1, 2)
    ]

    assert 2 == len(kinds(rejected, 3)[0])
