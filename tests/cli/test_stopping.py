"""How long something goes on, and how it is ended."""

import os
import signal

import click
import pytest

from wiretruth.cli._stopping import ended_early, seconds

CONTEXT, OPTION = click.Context(click.Command("x")), click.Option(["--duration"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("60s", 60), ("5m", 300), ("1h", 3600), ("2d", 172_800), ("7", 7), ("0.5s", 0.5), (None, None)],
)
def test_duration(text: str | None, expected: float | None) -> None:
    assert expected == seconds(CONTEXT, OPTION, text)


@pytest.mark.parametrize("text", ["", "soon", "-1s", "5w", "1e9"])
def test_no_duration(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write 60s, 5m or 1h"):
        seconds(CONTEXT, OPTION, text)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_and_the_second_breaks_off(number: signal.Signals) -> None:
    usual = signal.getsignal(number)
    with ended_early() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        assert stop.is_set()
        assert usual == signal.getsignal(number)
    assert usual == signal.getsignal(number)
