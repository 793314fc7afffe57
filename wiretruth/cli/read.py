"""``wiretruth read``: captures in, the report out."""

import contextlib
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import tzinfo
from itertools import chain

import click

from wiretruth.cli import _folder, _formats, _hosts, _output, _records, _terminal, _window, _zones
from wiretruth.cli._completing import files
from wiretruth.cli._overwriting import refuse_to_overwrite
from wiretruth.cli._progress import Progress
from wiretruth.cli._status import NEVER, status
from wiretruth.cli._stopping import ended_early, seconds
from wiretruth.cli._window import Moment
from wiretruth.model.finding import Severity
from wiretruth.reports._options import Options
from wiretruth.sources.blocks import STANDARD_INPUT

COUNTING = ("ecs", "json", "jsonl")
"""Formats that only count what no list is asked for of."""


@click.command("read", short_help="Read captures and say what went wrong with the mail in them.")
@click.argument("captures", nargs=-1, metavar="[LABEL=]CAPTURE...", shell_complete=files)
@click.option(
    "-r",
    "--read",
    "more",
    multiple=True,
    metavar="CAPTURE",
    shell_complete=files,
    help="Another way to name a capture.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_formats.names()),
    default="text",
    show_default=True,
    help="text and html are for a person, markdown for a ticket, json is one document, jsonl one record a line, ecs one event.",
)
@click.option(
    "-o",
    "--output",
    default=_output.STDOUT,
    metavar="FILE",
    shell_complete=files,
    help="Write the report there, whole or not at all.",
)
@click.option(
    "--records",
    callback=_records.records,
    metavar="LISTS",
    default="",
    help="Lists to write out in json and jsonl: connections, dialogues, lookups, deliveries (with commas), or all.",
)
@click.option(
    "--from",
    "start",
    callback=_window.moment,
    metavar="TIME",
    help="Pass over packets before: 2026-11-20T18:29:43Z, or 18:29 (UTC).",
)
@click.option("--to", "end", callback=_window.moment, metavar="TIME", help="Pass over packets after.")
@click.option(
    "--host",
    "hosts",
    callback=_hosts.hosts,
    multiple=True,
    metavar="ADDR|NET|NAME",
    help="Report only on mail, lookups and findings that concern it. May be given several times.",
)
@click.option(
    "--log",
    "logs",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="A mail log to hold against the packets, compressed or not; - for standard input. May be given several times.",
)
@click.option(
    "--log-timezone",
    "log_zone",
    callback=_zones.time_zone,
    metavar="ZONE",
    help="Of log lines that name none: UTC, +01:00, Europe/Vienna. Default: found out from the capture.",
)
@click.option(
    "--conntrack",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="A connection tracking table or its events: conntrack -L, -E, -o xml. May be given several times.",
)
@click.option(
    "--rules",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="Firewall rules of one host: iptables-save, nft list ruleset. May be given several times.",
)
@click.option(
    "--sockets",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="The socket table of a mail host: ss -tnpe, /proc/net/tcp. May be given several times.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(str(severity) for severity in Severity), NEVER]),
    default=str(Severity.WARNING),
    show_default=True,
    help="Least severity that makes the exit status 1.",
)
@click.option(
    "--follow",
    is_flag=True,
    help="Go on reading one capture while it grows, through its rotation, until Ctrl-C; then judge.",
)
@click.option(
    "--duration",
    callback=seconds,
    metavar="TIME",
    help="End --follow after so long: 60s, 5m, 1h.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Captures read at the same time. Default: as many as there are processors; 1 where they are small.",
)
@click.option("-v", "--verbose", count=True, help="Tell all deliveries, dialogues line by line (C:, S:), all evidence.")
@click.option("-q", "--quiet", is_flag=True, help="Only the verdict, and one line for each finding.")
@click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="auto: on a terminal, unless NO_COLOR is set.",
)
@click.option(
    "--width",
    type=click.IntRange(min=_terminal.LEAST),
    metavar="COLUMNS",
    help="Wrap lines there. Default: the terminal's width, at most 120; 80 without one.",
)
@click.option("--no-progress", is_flag=True, help="No progress bar on standard error.")
def command(
    *,
    captures: tuple[str, ...],
    more: tuple[str, ...],
    form: str,
    output: str,
    records: frozenset[str],
    start: Moment | None,
    end: Moment | None,
    hosts: tuple[str, ...],
    logs: tuple[str, ...],
    log_zone: tzinfo | None,
    conntrack: tuple[str, ...],
    rules: tuple[str, ...],
    sockets: tuple[str, ...],
    fail_on: str,
    follow: bool,
    duration: float | None,
    jobs: int | None,
    verbose: int,
    quiet: bool,
    colour: str,
    width: int | None,
    no_progress: bool,
) -> int:
    """Read captures, follow DNS and SMTP in them, and say what went wrong with the mail.

    CAPTURE is a pcap or pcapng file, compressed or not, a directory of such files, a folder of wiretruth collect, or -
    for standard input. Files that tcpdump -C, -G or -W wrote in turn are one capture, and so are files of one LABEL.
    Several captures of the same traffic are held against each other; LABEL= names the place of each in the report.

    \b
    Examples:
      wiretruth read mail.pcap
      wiretruth read lan=gw-eth0.pcap wan=gw-eth1.pcap
      wiretruth read /var/log/ring/ 'wan=/mnt/gw/eth1-*.pcap*'
      tcpdump -i any -n -U -w - 'tcp port 25 or port 53 or icmp' | wiretruth read -
      wiretruth read --follow --duration 10m /var/log/ring/mail.pcap3
      wiretruth read mail.pcap --from 18:20 --to 18:40 --host example.net
      wiretruth read mail.pcap --log /var/log/mail.log
      wiretruth read mail.pcap --conntrack conntrack.txt --rules iptables-save.txt
      wiretruth read mail.pcap --format html -o report.html
      wiretruth read mail.pcap --format json --records all -o report.json
      wiretruth read -q mail.pcap --fail-on critical || echo 'look at the mail'

    \b
    Exit status:
      0  nothing at warning or above was found (--fail-on moves the line)
      1  something was found
      2  the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    inputs = (*captures, *more)
    if not inputs:
        raise click.UsageError("name a capture, or - for standard input", click.get_current_context())
    if (*inputs, *logs).count(STANDARD_INPUT) > 1:
        raise click.UsageError("standard input is named twice", click.get_current_context())
    if follow and len(inputs) != 1:
        raise click.UsageError("--follow takes one capture", click.get_current_context())
    if duration is not None and not follow:
        raise click.UsageError("--duration is of --follow", click.get_current_context())
    inputs, witnesses = _folder.expanded(inputs, {"conntrack": conntrack, "rules": rules, "sockets": sockets})
    refuse_to_overwrite((*inputs, *logs, *chain.from_iterable(witnesses.values())), output)
    terminal = output == _output.STDOUT and _terminal.stdout_is_terminal()
    options = Options(
        records=records,
        width=width or _terminal.width(terminal=terminal),
        colour=_terminal.colour(colour, os.environ, terminal=terminal),
        verbosity=verbose - quiet,
    )
    from wiretruth.cli import _witnesses  # noqa: PLC0415 - the engine is heavy; --help must not wait for it
    from wiretruth.cli._advice import advice  # noqa: PLC0415
    from wiretruth.cli._reading import Wanted, read  # noqa: PLC0415

    heard = _witnesses.read_all(witnesses, (*inputs, *logs))
    with (
        _following(follow=follow, duration=duration) as ended,
        Progress(wanted=_terminal.stderr_is_terminal() and not no_progress) as progress,
    ):
        wanted = Wanted(
            _window.between(start, end),
            hosts,
            "connections" in records,
            bool(logs) or "lookups" in records,
            heard,
            digests="dialogues" in records,
            logs=logs,
            log_zone=log_zone,
            ended=ended,
            every_delivery=form not in COUNTING or bool(records - {"lookups"}),
        )
        report = read(inputs, wanted, progress, jobs)
    options = replace(options, advice=advice(report.findings))
    _output.write(_formats.renderer(form)(report, options), output)
    return status(report.findings, fail_on)


@contextlib.contextmanager
def _following(*, follow: bool, duration: float | None) -> Iterator[Callable[[float], bool] | None]:
    """Give what tells that following is to end; nothing where nobody follows."""
    if not follow:
        yield None
        return
    with ended_early() as stop:
        deadline = time.monotonic() + duration if duration is not None else math.inf
        yield (
            lambda seconds: stop.wait(min(seconds, max(deadline - time.monotonic(), 0))) or time.monotonic() >= deadline
        )
