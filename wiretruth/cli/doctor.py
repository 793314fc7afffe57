"""``wiretruth doctor``: whether this host is fit for a watch."""

import click

from wiretruth.cli._status import CLEAN, FOUND
from wiretruth.reports._words import harmless


@click.command("doctor", short_help="Say whether this host is fit for a watch, and what to do if not.")
@click.option("-i", "--interface", "interfaces", multiple=True, metavar="NAME", help="Look at this one. Default: all.")
def command(interfaces: tuple[str, ...]) -> int:
    """Say what wiretruth watch needs on this host, what is missing, and the command that mends it.

    Nothing is changed, and nothing is sent.

    \b
    Examples:
      wiretruth doctor
      sudo wiretruth doctor -i lan0 -i wan0

    \b
    Exit status:
      0  a watch can begin
      1  something is missing
      2  the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    from wiretruth.live import fitness  # noqa: PLC0415 - --help must not wait for it

    status = CLEAN
    for state, what, remedy in fitness.checks(interfaces):
        click.echo(f"{state:8}{harmless(what)}")
        if remedy:
            click.echo(f"        {harmless(remedy)}")
        status = FOUND if state == fitness.BAD else status
    return status
