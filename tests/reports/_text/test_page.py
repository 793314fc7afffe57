"""Lines, wrapping, ink."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wiretruth.reports._options import Options
from wiretruth.reports._text.page import Line, heading, ink, line, text


def inked(*lines: Line, width: int = 40, colour: bool = False) -> str:
    return "".join(ink(lines, Options(width=width, colour=colour)))


def test_a_long_line_hangs_below_its_body() -> None:
    told = inked(line("one two three four five six seven eight", lead="  - "), width=24)

    assert "  - one two three four\n    five six seven eight\n" == told


def test_a_long_word_is_folded() -> None:
    assert "> " + "a" * 38 + "\n  " + "a" * 12 + "\n" == inked(line("a" * 50, lead="> "))


def test_what_must_be_copied_is_never_wrapped() -> None:
    assert "a" * 50 + "\n" == inked(Line(text("a" * 50), wrapped=False))


def test_no_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is a value: neither its look nor its making depends on where it is made."""

    def ask(_descriptor: int) -> os.terminal_size:
        raise AssertionError

    monkeypatch.setattr(os, "get_terminal_size", ask)

    assert ["a b\n"] == list(ink([line("a b")], Options(width=40)))


def test_an_empty_line_is_a_line() -> None:
    assert "\n" == inked(line(""))


def test_no_row_ends_in_blanks() -> None:
    assert "lead\n" == inked(line("", lead="lead  "))


def test_markup_is_text() -> None:
    assert "[red]x[/red] :smile:\n" == inked(line("[red]x[/red] :smile:"))


def test_style_and_colour() -> None:
    assert "\x1b[31mbad\x1b[0m news\n" == inked(line(("bad", "red"), " news"), colour=True)
    assert "bad news\n" == inked(line(("bad", "red"), " news"))


def test_plain_is_what_is_told() -> None:
    assert "- bad news" == line(("bad", "red"), " news", lead="- ").plain


def test_heading_stands_alone() -> None:
    assert "\nMAIL\n\n" == inked(*heading("MAIL"))


def test_a_very_narrow_page_still_holds_text() -> None:
    """A lead wider than the page must not leave nothing for the body."""
    assert "one two three" in inked(line("one two three", lead=" " * 30), width=20)


@given(st.text(), st.integers(min_value=30, max_value=100))
def test_any_text_fits_and_is_printable(words: str, width: int) -> None:
    rows = inked(line(words, lead="  "), width=width).removesuffix("\n").split("\n")

    assert all(row.isprintable() for row in rows)
    assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize("words", ["\x1b[2J", "a\rb", "x\ny", "\u2028"])
def test_what_a_terminal_obeys_is_escaped(words: str) -> None:
    assert "\\x" in inked(line(words))
