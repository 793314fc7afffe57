"""``wiretruth evidence``: the packets that findings rest on, to be handed over and verified by the other side."""

import hashlib
import secrets
import shlex
import sys
from pathlib import Path
from typing import BinaryIO

import click

from wiretruth.cli import _folder, _zones
from wiretruth.cli._completing import codes, files
from wiretruth.cli._status import CLEAN, FOUND
from wiretruth.errors import InputError, WiretruthError
from wiretruth.sources.blocks import STANDARD_INPUT


@click.command("evidence", short_help="Make a case: the packets that a finding rests on, for the other side.")
@click.argument("finding", required=False, shell_complete=codes)
@click.argument("captures", nargs=-1, metavar="[LABEL=]CAPTURE...", shell_complete=files)
@click.option("--all", "every", is_flag=True, help="All findings, instead of one; all arguments are captures then.")
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
    "--log", "logs", multiple=True, metavar="FILE", shell_complete=files, help="A mail log, as wiretruth read takes it."
)
@click.option("--log-timezone", "log_zone", metavar="ZONE", default="", help="Of log lines that name none.")
@click.option(
    "--conntrack",
    multiple=True,
    metavar="FILE",
    shell_complete=files,
    help="A connection tracking table, as wiretruth read takes it.",
)
@click.option(
    "--rules", multiple=True, metavar="FILE", shell_complete=files, help="Firewall rules, as wiretruth read takes them."
)
@click.option(
    "--sockets", multiple=True, metavar="FILE", shell_complete=files, help="A socket table, as wiretruth read takes it."
)
@click.option("--no-content", is_flag=True, help="Overwrite what the messages say; their sizes stay.")
@click.option("--mask", is_flag=True, help="Replace addresses and mailboxes; what messages say is overwritten too.")
@click.option(
    "--mask-key",
    type=click.File("rb"),
    metavar="FILE",
    help="With --mask: what decides what becomes of what, so that two cases agree. Default: drawn anew, and forgotten.",
)
@click.option("--force", is_flag=True, help="Replace a case that is in the folder.")
def command(
    *,
    finding: str | None,
    captures: tuple[str, ...],
    every: bool,
    output: Path,
    logs: tuple[str, ...],
    log_zone: str,
    conntrack: tuple[str, ...],
    rules: tuple[str, ...],
    sockets: tuple[str, ...],
    no_content: bool,
    mask: bool,
    mask_key: BinaryIO | None,
    force: bool,
) -> int:
    """Make a case: a folder with the packets that a finding rests on, each with a comment that says why it is there.

    FINDING is the id that the JSON report gives, or a code, which takes all findings of that code; its beginning will
    do. The case holds as few packets as let wiretruth derive the same finding from them alone; the other side does so with
    wiretruth verify. It holds no password, whatever the capture does.

    \b
    Examples:
      wiretruth evidence destination-rewritten mail.pcap -o case
      wiretruth evidence 6884 lan=gw-eth0.pcap wan=gw-eth1.pcap -o case
      wiretruth evidence --all mail.pcap --log mail.log -o case --no-content
      wiretruth evidence --all mail.pcap -o case --mask
      wiretruth verify case

    \b
    Exit status:
      0  the case holds every finding that was asked for
      1  some findings do not follow from a slice; they are named, and not in the case
      2  there is no such finding, or the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    inputs = (*((finding,) if finding and every else ()), *captures)
    if mask_key and not mask:
        raise click.UsageError("--mask-key is of --mask", click.get_current_context())
    if not inputs or not (finding or every):
        raise click.UsageError("name a finding (or --all) and a capture", click.get_current_context())
    zone = _zones.time_zone(click.get_current_context(), _parameter(), log_zone or None)
    inputs, witnesses = _folder.expanded(inputs, {"conntrack": conntrack, "rules": rules, "sockets": sockets})
    _refuse_standard_input((*inputs, *logs, *(path for paths in witnesses.values() for path in paths)))
    from wiretruth.cli import _case_asking, _case_lines, _case_making, _case_telling  # noqa: PLC0415 - heavy

    report = _case_asking.read(inputs, logs, zone, witnesses)
    wanted = _case_asking.chosen(report, None if every else finding)
    from wiretruth.evidence.masking import Mask  # noqa: PLC0415
    from wiretruth.sources import case_folder  # noqa: PLC0415

    case_folder.create(output, force=force)
    words = "wiretruth evidence --mask" if mask else shlex.join(["wiretruth", *sys.argv[1:]])
    masked = Mask(hashlib.sha256(mask_key.read() if mask_key else secrets.token_bytes(32)).digest()) if mask else None
    asked = _case_making.Wanted(output, words, not (no_content or mask), log_zone, zone, masked)
    made = _case_making.Maker(asked, report, inputs, _case_lines.named(witnesses, logs)).make(wanted)
    click.echo("\n".join(_case_telling.made(output, made)))
    if not made.findings:
        raise WiretruthError(f"{output}: none of these findings follows from a slice")
    return FOUND if made.given_up else CLEAN


def _parameter() -> click.Parameter:
    return next(one for one in command.params if one.name == "log_zone")


def _refuse_standard_input(paths: tuple[str, ...]) -> None:
    if any(path == STANDARD_INPUT or path.endswith(f"={STANDARD_INPUT}") for path in paths):
        problem = "standard input can be read once only, and a case needs it twice"
        raise InputError(STANDARD_INPUT, problem, "write it to a file first: tcpdump -w mail.pcap")
