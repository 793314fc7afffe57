"""What every command that reads captures to their end is told in the same words: which, when, how wide, where to."""

import functools
import os
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import click

from wiretruth.cli import _folder, _output, _terminal, _window
from wiretruth.cli._completing import files
from wiretruth.cli._overwriting import refuse_to_overwrite
from wiretruth.cli._progress import Progress
from wiretruth.cli._window import Window
from wiretruth.model.report import Report
from wiretruth.reports._options import Options
from wiretruth.sources.blocks import STANDARD_INPUT


class Given(NamedTuple):
    """What the user said of captures, and of the report on them."""

    inputs: tuple[str, ...]
    window: Window
    jobs: int | None
    output: str
    options: Options
    progress: bool

    def read(self, **wanted: Any) -> Report:
        """Read the captures and judge them; *wanted* is as in ``_reading.Wanted``."""
        from wiretruth.cli._reading import Wanted, read  # noqa: PLC0415 - the engine is heavy; --help must not wait for it

        with Progress(wanted=self.progress and _terminal.stderr_is_terminal()) as progress:
            return read(self.inputs, Wanted(self.window, digests=False, **wanted), progress, self.jobs)


_OPTIONS: Final = (
    click.argument("captures", nargs=-1, metavar="[LABEL=]CAPTURE...", shell_complete=files),
    click.option(
        "-o",
        "--output",
        default=_output.STDOUT,
        metavar="FILE",
        shell_complete=files,
        help="Write there, whole or not at all.",
    ),
    click.option(
        "--from",
        "start",
        callback=_window.moment,
        metavar="TIME",
        help="Pass over packets before: 2026-11-20T18:29:43Z, or 18:29 (UTC).",
    ),
    click.option("--to", "end", callback=_window.moment, metavar="TIME", help="Pass over packets after."),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Captures read at the same time. Default: as many as there are processors; 1 where they are small.",
    ),
    click.option(
        "--color",
        "--colour",
        "colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="auto: on a terminal, unless NO_COLOR is set.",
    ),
    click.option(
        "--width",
        type=click.IntRange(min=_terminal.LEAST),
        metavar="COLUMNS",
        help="Wrap lines there. Default: the terminal's width, at most 120; 80 without one.",
    ),
    click.option("--no-progress", is_flag=True, help="No progress bar on standard error."),
)
_OWN: Final = ("captures", "output", "start", "end", "jobs", "colour", "width", "no_progress")


def of_captures(run: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that concern captures; they reach it as its argument ``given``."""

    @functools.wraps(run)
    def told(**values: Any) -> int:
        own = {name: values.pop(name) for name in _OWN}
        return run(given=_given(**own), **values)

    made: Callable[..., int] = told
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


def _given(
    *,
    captures: tuple[str, ...],
    output: str,
    start: _window.Moment | None,
    end: _window.Moment | None,
    jobs: int | None,
    colour: str,
    width: int | None,
    no_progress: bool,
) -> Given:
    if not captures:
        raise click.UsageError("name a capture, or - for standard input", click.get_current_context())
    if captures.count(STANDARD_INPUT) > 1:
        raise click.UsageError("standard input is named twice", click.get_current_context())
    captures, _ = _folder.expanded(captures, {})
    refuse_to_overwrite(captures, output)
    terminal = output == _output.STDOUT and _terminal.stdout_is_terminal()
    options = Options(
        width=width or _terminal.width(terminal=terminal),
        colour=_terminal.colour(colour, os.environ, terminal=terminal),
    )
    return Given(captures, _window.between(start, end), jobs, output, options, not no_progress)
