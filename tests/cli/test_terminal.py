"""Width and colour of the place that a report goes to."""

import io
import sys

import pytest

from wiretruth.cli import _terminal


@pytest.mark.parametrize(("columns", "expected"), [("100", 100), ("300", 120), ("10", 40)])
def test_width_of_a_terminal(columns: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert expected == _terminal.width(terminal=True)
    assert 80 == _terminal.width(terminal=False)


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_colour(choice: str, environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert expected == _terminal.colour(choice, environment, terminal=terminal)


def test_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert (False, False) == (_terminal.stdout_is_terminal(), _terminal.stderr_is_terminal())
