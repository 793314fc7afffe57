"""``wiretruth verify``: whether the findings of a case follow from its packets alone."""

from pathlib import Path

import click

from wiretruth.cli import _zones
from wiretruth.cli._status import CLEAN, FOUND
from wiretruth.sources import case_folder


@click.command("verify", short_help="Derive the findings of a case again, from its packets alone.")
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
def command(case: Path) -> int:
    """Derive every finding of a case again from its packets alone, and say yes or no to each.

    CASE is the folder that wiretruth evidence made. Its files are held against the manifest, which is not signed: have
    the other side tell you its SHA-256 by another way. What a finding says was not there, no slice can show; the SHA-256
    of the whole capture is told then.

    \b
    Examples:
      wiretruth verify case

    \b
    Exit status:
      0  every finding follows from the packets, and no file was changed
      1  a finding does not follow, or a file was changed
      2  it is no case, or the run failed
    """  # noqa: D301 - the backspace itself is what click goes by
    manifest = case_folder.read(case)
    zone = _zones.time_zone(click.get_current_context(), command.params[0], manifest.log_timezone or None)
    from wiretruth.cli import _case_telling, _case_verifying  # noqa: PLC0415 - --help must not wait for it

    verified = _case_verifying.verified(case, manifest, zone)
    click.echo("\n".join(_case_telling.verified(case, manifest, verified)))
    return CLEAN if verified.holds else FOUND
