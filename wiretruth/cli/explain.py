"""``wiretruth explain``: the manual page of a finding."""

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import click

from wiretruth import discover, rules
from wiretruth.cli import _completing
from wiretruth.cli._nearest import nearest


@click.command("explain", short_help="Say what a finding means and what to do about it.")
@click.argument("code", required=False, shell_complete=_completing.codes)
def command(code: str | None) -> None:
    """Print the manual page of a finding: what it sees, why it matters, what else could explain it, what to do next.

    Without a CODE, list all codes.

    \b
    Examples:
      wiretruth explain
      wiretruth explain destination-rewritten
    """  # noqa: D301 - the backspace itself is what click goes by
    if code is None:
        click.echo("\n".join(_overview()))
        return
    known = codes()
    wanted = code.strip().lower().replace("_", "-")
    if wanted not in known:
        raise click.UsageError(f"no such code {code!r}{nearest(wanted, known)}", click.get_current_context())
    click.echo(f"{wanted}\n{'=' * len(wanted)}\n\n{inspect.getdoc(_rule(wanted)) or 'no manual page'}")


def codes() -> list[str]:
    """List the codes by looking at the folder of rules."""
    return [name.replace("_", "-") for name in discover.names(rules)]


def _overview() -> Iterator[str]:
    known = codes()
    column = max(map(len, known), default=0)
    for code in known:
        meaning = (inspect.getdoc(_rule(code)) or "").partition("\n\n")[0]
        yield f"{code:{column}}  {' '.join(meaning.split())}"


def _rule(code: str) -> ModuleType:
    return importlib.import_module(f"{rules.__name__}.{code.replace('-', '_')}")
