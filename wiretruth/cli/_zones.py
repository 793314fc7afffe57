"""The values of --log-timezone."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

_OFFSET: Final = re.compile(r"([+-])([01][0-9]):?([0-5][0-9])")


def time_zone(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tzinfo | None:
    """Read ``UTC``, ``+01:00`` or a name of the tz database."""
    if value is None:
        return None
    if value.upper() in ("UTC", "Z", "GMT"):
        return UTC
    found = _OFFSET.fullmatch(value)
    if found is not None:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"{value!r} is no time zone; write UTC, +01:00 or Europe/Vienna") from None
