"""``wiretruth transcript``: dialogues as one would have typed them."""

import click

from wiretruth.cli import _hosts, _mailboxes, _output
from wiretruth.cli._captures import Given, of_captures
from wiretruth.cli._failure import say
from wiretruth.cli._status import CLEAN, FOUND


@click.command("transcript", short_help="Show SMTP sessions line by line, with times, waits and silences.")
@of_captures
@click.option(
    "-n",
    "--dialogue",
    "numbers",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="N",
    help="Only this one, by number.",
)
@click.option(
    "--rcpt",
    "recipients",
    callback=_mailboxes.mailboxes,
    multiple=True,
    metavar="ADDR|DOMAIN",
    help="Only those with mail for it, attempts that never came so far included.",
)
@click.option(
    "--host",
    "hosts",
    callback=_hosts.hosts,
    multiple=True,
    metavar="ADDR|NET|NAME",
    help="Only those with it as client or server, by address or by a name that was used.",
)
@click.option("--headers", is_flag=True, help="Show the header section of each message. Bodies are never kept.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text is for a person, json is one document.",
)
def command(
    *,
    given: Given,
    numbers: tuple[int, ...],
    recipients: tuple[str, ...],
    hosts: tuple[str, ...],
    headers: bool,
    form: str,
) -> int:
    """Show each SMTP session of the captures as one would have typed it.

    C: is what the client said, S: what the server did, -- what passed below: the handshake, segments sent again, resets,
    ICMP errors, the start of TLS. Before each line stands how long after the one before it came; long silences say who was
    waited for. Connections that never became a dialogue are shown with what came back. Secrets of AUTH are withheld, and of
    message text only the size is known.

    Dialogues are numbered by time; without a selection all are shown. Options of one kind add up, those of different kinds
    narrow each other.

    \b
    Examples:
      wiretruth transcript mail.pcap
      wiretruth transcript mail.pcap --rcpt bob@example.net
      wiretruth transcript mail.pcap --host 192.0.2.25 --from 18:20 --to 18:40
      wiretruth transcript lan=gw-eth0.pcap wan=gw-eth1.pcap --dialogue 3 --headers
      tcpdump -i any -n -U -w - 'tcp port 25' | wiretruth transcript -
      wiretruth transcript mail.pcap --format json | jq -r '.transcripts[].lines[].text[]'

    \b
    Exit status:
      0  at least one was shown
      1  there is none, or none that was asked for
      2  the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    report = given.read(headers=headers)
    from wiretruth.cli._choice import Choice  # noqa: PLC0415 - what writes is heavy; --help must not wait for it
    from wiretruth.reports._transcript import json, text  # noqa: PLC0415
    from wiretruth.reports._transcript.transcript import transcripts  # noqa: PLC0415

    every = transcripts(report)
    chosen = Choice(numbers, recipients, hosts).of(every)
    pieces = (
        json.render(chosen, len(every), report.version)
        if form == "json"
        else text.render(chosen, len(every), given.options)
    )
    _output.write(pieces, given.output)
    if chosen:
        return CLEAN
    if every:
        say(f"none of the {len(every)} dialogues is what was asked for")
    else:
        say("no connection of mail is in the capture")
    return FOUND
