"""``wiretruth collect``: what this host knows, gathered beside a capture, so that it can be decided later."""

import os
from pathlib import Path

import click

from wiretruth.cli import _sizes
from wiretruth.cli._completing import files
from wiretruth.cli._status import CLEAN, FOUND
from wiretruth.cli._stopping import ended_early, seconds
from wiretruth.sources.capture_filter import USUAL


@click.command("collect", short_help="Gather what this host knows, with a capture, to be read later.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    shell_complete=files,
    help="A new or empty folder; only its owner may read it.",
)
@click.option(
    "--duration",
    callback=seconds,
    default="60s",
    show_default=True,
    metavar="TIME",
    help="How long to capture: 60s, 5m, 1h.",
)
@click.option(
    "--max-size",
    callback=_sizes.octets,
    default="1G",
    show_default=True,
    metavar="SIZE",
    help="End the capture when it is this large; what arrives within a fifth of a second may come on top.",
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
def command(*, output: Path, duration: float, max_size: int, interface: str, expression: str, no_capture: bool) -> int:
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

    wanted = _collecting.Wanted(output, not no_capture, duration, interface, expression, max_size)
    with ended_early() as stop:
        entries = _collecting.collect(wanted, stop, lambda words: click.echo(words, err=True))
    click.echo("\n".join(_gathered.told(output, entries, root=os.geteuid() == 0)))
    return CLEAN if all(entry.gathered for entry in entries if entry.option == "capture") else FOUND
