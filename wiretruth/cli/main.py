"""The front door: ``wiretruth COMMAND …``."""

import click

from wiretruth import __version__
from wiretruth.cli._group import CommandLine
from wiretruth.cli._status import FAILED


@click.command(
    "wiretruth",
    cls=CommandLine,
    invoke_without_command=True,
    subcommand_metavar="COMMAND ...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="wiretruth", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> int:
    """Hold what mail servers believe against what happened on the wire.

    wiretruth reads packet captures, follows DNS and SMTP in them, and says where the two cannot both be true:
    mail that was sent elsewhere, connections silently discarded, answers that never came back.
    It only reads: it sends nothing, and asks nobody but a resolver that you name (diff --resolver).

    \b
    Examples:
      wiretruth read mail.pcap
      wiretruth read lan.pcap wan.pcap --format json
      ssh mx tcpdump -i any -n -U -w - port 25 or port 53 | wiretruth read -
      wiretruth transcript mail.pcap --rcpt bob@example.net
      wiretruth diff mail.pcap
      wiretruth explain destination-rewritten

    \b
    Exit status: 0 nothing at warning or above, 1 something found, 2 the run failed.
    """  # noqa: D301 - the backspace itself is what click goes by
    if context.invoked_subcommand is not None:
        return 0
    click.echo(context.get_help(), err=True)
    return FAILED
