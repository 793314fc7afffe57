"""The value of --records."""

import click

from wiretruth.cli._nearest import nearest
from wiretruth.reports._options import RECORDS

ALL = "all"


def records(_ctx: click.Context, _param: click.Parameter, value: str) -> frozenset[str]:
    """Read names of record lists with commas between them; one that is not known is answered with the nearest."""
    wanted = {name.strip() for name in value.split(",")} - {""}
    for name in sorted(wanted.difference(RECORDS, {ALL})):
        raise click.BadParameter(f"no such list {name!r}{nearest(name, RECORDS)}")
    return frozenset(RECORDS if ALL in wanted else wanted)
