"""Failures become one line and a status."""

from collections.abc import Callable
from typing import NoReturn

import click
import pytest

from wiretruth.cli._failure import DEBUG, guarded, say
from wiretruth.errors import InputError


def raising(error: BaseException) -> Callable[[], int]:
    def run() -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (
            InputError("mail.pcap", "does not exist", "check the name"),
            2,
            "wiretruth: mail.pcap: does not exist; check the name\n",
        ),
        (InputError("\x1b[2J.pcap", "is empty"), 2, "wiretruth: \\x1b[2J.pcap: is empty\n"),
        (OSError(28, "No space left on device", "out.json"), 2, "wiretruth: out.json: No space left on device\n"),
        (OSError(28, "No space left on device"), 2, "wiretruth: No space left on device\n"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
)
def test_told_in_one_line(error: BaseException, status: int, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status == guarded(raising(error), {})
    assert expected == capsys.readouterr().err


def test_the_unexpected_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == guarded(raising(ZeroDivisionError("by zero")), {})

    told = capsys.readouterr().err
    assert 1 == len(told.splitlines())
    assert told.startswith("wiretruth: ZeroDivisionError: by zero (a fault of wiretruth")
    assert "WIRETRUTH_DEBUG=1" in told


def test_a_traceback_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == guarded(raising(ZeroDivisionError("by zero")), {DEBUG: "1"})

    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [click.UsageError("wrong"), click.exceptions.Exit(0), click.Abort()])
def test_what_click_says_itself_is_left_to_it(error: Exception) -> None:
    with pytest.raises(type(error)):
        guarded(raising(error), {})


@pytest.mark.parametrize(("outcome", "expected"), [(None, 0), (0, 0), (1, 1)])
def test_status_of_what_went_well(outcome: int | None, expected: int) -> None:
    assert expected == guarded(lambda: outcome, {})


def test_say_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    say("it is so", "do that")

    assert "wiretruth: it is so (do that)\n" == capsys.readouterr().err
