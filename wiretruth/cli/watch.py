"""``wiretruth watch``: packets as they pass, findings as they become true."""

from pathlib import Path

import click

from wiretruth.cli import _formats, _hosts, _sizes, _stopping
from wiretruth.cli._completing import files
from wiretruth.cli._status import NEVER
from wiretruth.model.finding import Severity

_SEVERITIES = [str(severity) for severity in Severity]


@click.command("watch", short_help="Watch interfaces and say what goes wrong with mail, as it happens.")
@click.option(
    "-i",
    "--interface",
    "interfaces",
    multiple=True,
    metavar="NAME",
    help="Where to watch; several are several vantages. any: all of them. Default: any.",
)
@click.option(
    "--filter",
    "expression",
    metavar="EXPR",
    help="What to take, in tcpdump's words, which must be installed; '' takes everything. Default: mail ports, DNS, ICMP "
    "errors, fragments, and the handshakes, FINs and resets of everything.",
)
@click.option(
    "--port",
    "ports",
    type=click.IntRange(1, 65535),
    multiple=True,
    metavar="N",
    help="Another port that mail comes to, beside 25, 465, 587 and 2525. May be given several times.",
)
@click.option("--duration", callback=_stopping.seconds, metavar="TIME", help="End after 60s, 5m, 1h. Default: go on.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_formats.names()),
    default="text",
    show_default=True,
    help="text and jsonl tell each finding on a line at once; every format ends with the report.",
)
@click.option(
    "--least",
    type=click.Choice(_SEVERITIES),
    default="info",
    show_default=True,
    help="Least severity that is told while the watch goes on.",
)
@click.option("--no-report", is_flag=True, help="End without the report: for a service.")
@click.option("--no-screen", is_flag=True, help="Lines instead of the screen, on a terminal too.")
@click.option(
    "--host",
    "hosts",
    callback=_hosts.hosts,
    multiple=True,
    metavar="ADDR|NET|NAME",
    help="Tell only of mail, lookups and findings that concern it. May be given several times.",
)
@click.option(
    "--log", "logs", multiple=True, metavar="FILE", shell_complete=files, help="A mail log to follow, through rotation."
)
@click.option(
    "--rules",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="Firewall rules of this host, read anew when they change.",
)
@click.option("--conntrack", is_flag=True, help="Listen to connection tracking (the program conntrack, as root).")
@click.option("--sockets", is_flag=True, help="Look at this host's socket table: on a mail server.")
@click.option(
    "--record",
    metavar="DIR",
    shell_complete=files,
    help="Keep packets there, in a ring of pcapng files, and those of each finding.",
)
@click.option(
    "--record-size", callback=_sizes.octets, default="100M", show_default=True, metavar="SIZE", help="Of one file."
)
@click.option("--record-count", type=click.IntRange(2), default=20, show_default=True, metavar="N", help="Files kept.")
@click.option("--record-age", callback=_stopping.seconds, metavar="TIME", help="Remove files that are older: 12h, 7d.")
@click.option(
    "--store",
    metavar="FILE",
    shell_complete=files,
    help="Keep answers, deliveries and findings there, for wiretruth history.",
)
@click.option(
    "--store-age",
    callback=_stopping.seconds,
    default="30d",
    show_default=True,
    metavar="TIME",
    help="How long they are kept.",
)
@click.option("--metrics", metavar="[ADDR:]PORT", help="Answer Prometheus there; on loopback without an address.")
@click.option(
    "--on-finding",
    metavar="CMD|URL",
    help="For each finding from warning on (--alarm-on): a command that gets it as JSON, or a URL that it is posted to.",
)
@click.option(
    "--alarm-on", type=click.Choice(_SEVERITIES), default="warning", show_default=True, help="Least severity for that."
)
@click.option(
    "--user", metavar="NAME", help="Whom to become once the sockets are open. Default: who called sudo, or nobody."
)
@click.option(
    "--fail-on",
    type=click.Choice([*_SEVERITIES, NEVER]),
    default=str(Severity.WARNING),
    show_default=True,
    help="Least severity that makes the exit status 1.",
)
def command(
    *,
    interfaces: tuple[str, ...],
    expression: str | None,
    ports: tuple[int, ...],
    duration: float | None,
    form: str,
    least: str,
    no_report: bool,
    no_screen: bool,
    hosts: tuple[str, ...],
    logs: tuple[str, ...],
    rules: tuple[str, ...],
    conntrack: bool,
    sockets: bool,
    record: str | None,
    record_size: int,
    record_count: int,
    record_age: float | None,
    store: str | None,
    store_age: float,
    metrics: str | None,
    on_finding: str | None,
    alarm_on: str,
    user: str | None,
    fail_on: str,
) -> int:
    """Watch interfaces and say what goes wrong with mail, as it happens.

    Packets are read from a ring that the kernel fills, and judged together with what came before, again and again. A
    finding is told once, when it has lasted for some seconds, and again when it grew worse. Ctrl-C ends with the report
    that wiretruth read would give of the same packets. Nothing is sent, and nobody is asked.

    On a terminal there is a screen: p pauses it, / filters, the arrows and Enter open a finding, q quits.

    \b
    Examples:
      sudo wiretruth watch
      sudo wiretruth watch -i lan0 -i wan0 --rules /etc/iptables/rules.v4 --conntrack
      sudo wiretruth watch -i eth0 --log /var/log/mail.log --duration 10m
      sudo wiretruth watch --record /var/lib/wiretruth/packets --store /var/lib/wiretruth/store.db
      sudo wiretruth watch --no-screen --metrics 9925 --on-finding 'mail -s wiretruth postmaster'
      wiretruth doctor

    \b
    Exit status:
      0  nothing at warning or above was found (--fail-on moves the line)
      1  something was found
      2  the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    from wiretruth.cli import _opening  # noqa: PLC0415 - the engine is heavy; --help must not wait for it
    from wiretruth.cli._listening import Named  # noqa: PLC0415
    from wiretruth.live.recording import Bounds  # noqa: PLC0415

    wanted = _opening.Wanted(
        interfaces=interfaces or ("any",),
        expression=expression,
        ports=ports,
        duration=duration,
        form=form,
        least=Severity(least),
        report=not no_report,
        screen=not no_screen,
        hosts=hosts,
        named=Named(logs, rules, conntrack, sockets),
        record=Path(record) if record is not None else None,
        bounds=Bounds(record_size, record_count, record_age or 0.0),
        store=Path(store) if store is not None else None,
        store_age=store_age,
        metrics=metrics,
        on_finding=on_finding,
        alarm_on=Severity(alarm_on),
        user=user,
        fail_on=fail_on,
    )
    return _opening.watch(wanted)
