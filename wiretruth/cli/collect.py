"""``wiretruth collect``: what this host knows, gathered beside a capture, so that it can be decided later."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Final

import click

from wiretruth.cli._status import CLEAN, FOUND
from wiretruth.sources.capture_filter import USUAL

UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}
_DURATION: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smh]?)")


def _seconds(_context: click.Context, _parameter: click.Parameter, text: str) -> float:
    found = _DURATION.fullmatch(text)
    if not found:
        raise click.BadParameter(f"{text!r} is no duration; write 60s, 5m or 1h")
    return float(found[1]) * UNITS[found[2]]


@click.command("collect", short_help="Gather what this host knows, with a capture, to be read later.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new or empty folder; only its owner may read it.",
)
@click.option(
    "--duration",
    callback=_seconds,
    default="60s",
    show_default=True,
    metavar="TIME",
    help="How long to capture: 60s, 5m, 1h.",
)
@click.option("-i", "--interface", default="any", show_default=True, metavar="NAME", help="Where to capture.")
@click.option(
    "--filter",
    "expression",
    metavar="EXPR",
    default=USUAL,
    help="What to capture, in tcpdump's words; '' takes everything. Default: mail ports, DNS, ICMP errors, "
    "fragments, and the handshakes and resets of everything.",
)
@click.option("--no-capture", is_flag=True, help="Only the tables, once.")
def command(*, output: Path, duration: float, interface: str, expression: str, no_capture: bool) -> int:
    """Gather what this host knows, to be read later: rules, connection tracking, sockets, routes, and a capture.

    The tables are read at the beginning and at the end of the capture. Nothing on the host is changed, and no kernel
    module is loaded to read a table: what might do so is not asked. What cannot be had is noted in manifest.json.
    Most of it needs root.

    \b
    Examples:
      sudo wiretruth collect -o mx1
      sudo wiretruth collect -o mx1 --duration 10m -i eth0
      sudo wiretruth collect -o mx1 --no-capture
      sudo wiretruth read mx1

    \b
    Exit status:
      0  gathered
      1  gathered, but for the capture
      2  nothing could be gathered, or the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    from wiretruth.cli import _collecting, _gathered  # noqa: PLC0415 - --help must not wait for it

    wanted = _collecting.Wanted(output, not no_capture, duration, interface, expression)
    with _ended_early() as stop:
        entries = _collecting.collect(wanted, stop, lambda words: click.echo(words, err=True))
    click.echo("\n".join(_gathered.told(output, entries, root=os.geteuid() == 0)))
    return CLEAN if all(entry.gathered for entry in entries if entry.option == "capture") else FOUND


@contextmanager
def _ended_early() -> Iterator[Event]:
    """Let the first Ctrl-C, or SIGTERM, end the capture; a second one breaks off."""
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
