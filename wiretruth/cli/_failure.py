"""How a failure is told: one line on standard error, no traceback unless asked for."""

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Callable, Mapping

import click

from wiretruth.cli._status import BROKEN_PIPE, CLEAN, FAILED, INTERRUPTED
from wiretruth.errors import WiretruthError, WrongKindError
from wiretruth.reports._words import harmless

DEBUG = "WIRETRUTH_DEBUG"
"""The environment variable that asks for tracebacks."""


def say(problem: str, hint: str = "") -> None:
    """Print one line for a person; what a file's name may hold is escaped. Where nobody can hear it, the status tells."""
    with contextlib.suppress(OSError):
        click.echo(f"wiretruth: {harmless(problem)}{f' ({hint})' if hint else ''}", err=True)


def guarded(run: Callable[[], int | None], environment: Mapping[str, str]) -> int:
    """Run, and turn what goes wrong into a status.

    Args:
        run: does the work and returns a status.
        environment: tells whether tracebacks are wanted.
    """
    try:
        return run() or CLEAN
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return BROKEN_PIPE
    except WrongKindError as error:
        say(str(_nearer(error)))
    except WiretruthError as error:
        say(str(error))
    except Exception as error:  # noqa: BLE001 - the last door: whatever it is, it is told and becomes a status
        _tell_unexpected(error, environment)
    return FAILED


def _nearer(error: WrongKindError) -> WiretruthError:
    """Find out what else the input is; whatever goes wrong on the way, what was known is told."""
    from wiretruth.cli._kinds import nearer  # noqa: PLC0415 - loads the engine, which a mistyped option must not wait for

    with contextlib.suppress(Exception):
        return nearer(error)
    return error


def _tell_unexpected(error: Exception, environment: Mapping[str, str]) -> None:
    if environment.get(DEBUG):
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    if isinstance(error, OSError) and error.strerror:
        say(": ".join(filter(None, (error.filename and os.fsdecode(error.filename), error.strerror))))
        return
    hint = f"a fault of wiretruth: please report it with what {DEBUG}=1 prints"
    say(f"{type(error).__name__}: {error}", hint)


def _forget_stdout() -> None:
    """Nobody listens any more: let what is still buffered go nowhere, silently."""
    with contextlib.suppress(io.UnsupportedOperation, ValueError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
