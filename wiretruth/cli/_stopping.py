"""What goes on until somebody ends it: for how long, and how Ctrl-C ends it."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Final

import click

UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhd]?)")


def seconds(_context: click.Context, _parameter: click.Parameter, text: str | None) -> float | None:
    """Read a duration as an option has it."""
    if text is None:
        return None
    found = _DURATION.fullmatch(text)
    if not found:
        raise click.BadParameter(f"{text!r} is no duration; write 60s, 5m or 1h")
    return float(found[1]) * UNITS[found[2]]


@contextmanager
def ended_early() -> Iterator[Event]:
    """Let the first Ctrl-C, or SIGTERM, end what goes on; a second one breaks off."""
    stop = Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler or signal.SIG_DFL)

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        restore()

    for number in usual:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        restore()
