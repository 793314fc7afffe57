"""``wiretruth diff``: what was answered against who was contacted."""

import click

from wiretruth.cli import _hosts, _output, _resolvers
from wiretruth.cli._captures import Given, of_captures
from wiretruth.cli._status import CLEAN, FAILED, FOUND, NEVER
from wiretruth.model.comparison import Comparison
from wiretruth.model.finding import Severity


@click.command("diff", short_help="Hold resolver answers against the connections that were made.")
@of_captures
@click.option(
    "--resolver",
    "resolvers",
    callback=_resolvers.resolvers,
    multiple=True,
    metavar="ADDR|system",
    help="Ask it now, and put its answers beside the captured ones. This sends queries. May be given several times.",
)
@click.option(
    "--host",
    "hosts",
    callback=_hosts.hosts,
    multiple=True,
    metavar="ADDR|NET|NAME",
    help="Compare only mail that concerns it. May be given several times.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text is a diff for a person, json is one document.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(str(severity) for severity in Severity), NEVER]),
    default=str(Severity.WARNING),
    show_default=True,
    help="Least severity that makes the exit status 1; info counts what has an innocent reason, too.",
)
def command(*, given: Given, resolvers: tuple[str, ...], hosts: tuple[str, ...], form: str, fail_on: str) -> int:
    """Hold what resolvers answered against the connections that mail really made, client by client and name by name.

    A line that begins with - was answered and never contacted, one with + was contacted and never answered, any other one
    was both, or has a reason that is nobody's fault: a less preferred MX that was not needed, an answer from before the
    capture, a route of the sender's own. Below each stands which resolver told whom, and whether that was still good.

    With --resolver, answers of today are compared in the same way: - was captured and is not answered now, + is new.
    That is the one thing for which wiretruth asks anybody; it needs dnspython (pip install 'wiretruth[dns]').

    \b
    Examples:
      wiretruth diff mail.pcap
      wiretruth diff lan=gw-eth0.pcap wan=gw-eth1.pcap --host example.net
      wiretruth diff mail.pcap --resolver system --resolver 192.0.2.53
      wiretruth diff mail.pcap --format json | jq '.hunks[].entries[] | select(.mark != " ")'
      wiretruth diff mail.pcap > /dev/null || echo 'look at the routes of mail'

    \b
    Exit status:
      0  no difference (--fail-on moves the line)
      1  differences
      2  trouble: a capture could not be read, or a resolver did not answer
    """  # noqa: D301 - the backspace itself is what click goes by
    report = given.read(every_lookup=True, hosts=hosts)
    from wiretruth.engine.comparing import compare, questions  # noqa: PLC0415 - the engine is heavy; --help must not wait
    from wiretruth.engine.comparing_now import compare_now, joined  # noqa: PLC0415
    from wiretruth.reports._diff import json, text  # noqa: PLC0415
    from wiretruth.sources.asking import ask  # noqa: PLC0415

    comparison = compare(report)
    if resolvers:
        comparison = joined((comparison, compare_now(report, ask(resolvers, questions(report)))))
    names = [source.path for source in report.inputs]
    pieces = (
        json.render(comparison, report.version) if form == "json" else text.render(comparison, names, given.options)
    )
    _output.write(pieces, given.output)
    return FAILED if comparison.troubles else _status(comparison, fail_on)


def _status(comparison: Comparison, fail_on: str) -> int:
    if fail_on == NEVER:
        return CLEAN
    line = Severity(fail_on).rank
    return FOUND if any(e.severity.rank >= line for e in comparison.entries if e.severity is not None) else CLEAN
