"""Small things that stand everywhere on the page."""

import pytest

from tests.reports import scenes
from wiretruth.reports._html.element import markup
from wiretruth.reports._html.pieces import grade, listed, milliseconds, moment, pieces_of, sentence, spans
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.page import line


def test_pieces_with_a_meaning_have_an_element() -> None:
    nodes = spans(["a", ("b", "red"), ("", "dim"), ("c", "")])

    assert 'a<span class="bad">b</span>c' == "".join(w for node in nodes for w in markup(node))


def test_a_line_is_taken_apart() -> None:
    told = line("one ", ("two", "bold"), " three", lead="  ")

    assert ["one ", ("two", "bold"), " three"] == [piece for piece in pieces_of(told) if piece]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mail went", "Mail went"),
        ("mail.example.net greets", "mail.example.net greets"),
        ("10.0.0.1 did", "10.0.0.1 did"),
        ("", ""),
    ],
)
def test_sentences_begin_with_a_capital_and_names_do_not(words: str, expected: str) -> None:
    assert expected == sentence(words)


@pytest.mark.parametrize(
    ("at", "expected"), [(1_500_000_000, 1500), (-(10**30), -62_135_596_800_000), (10**30, 253_402_300_799_999)]
)
def test_moments_for_a_calendar(at: int, expected: int) -> None:
    assert expected == milliseconds(at)


def test_a_moment_and_a_grade() -> None:
    assert '<time class="mono">18:29:43.288</time>' == "".join(markup(moment(scenes.at(0), clock_of(scenes.seed()))))
    assert "<b>critical</b>" in "".join(markup(grade(scenes.REWRITTEN)))


def test_a_list_of_nothing_is_nothing() -> None:
    assert listed("Still possible", ()) is None
    assert "<li>x</li>" in "".join(markup(listed("Still possible", ("x",)) or ""))
