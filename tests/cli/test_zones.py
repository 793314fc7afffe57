"""The values of --log-timezone."""

from datetime import datetime, timedelta

import click
import pytest

from wiretruth.cli._zones import time_zone

CONTEXT = click.Context(click.Command("read"))
OPTION = click.Option(["--log-timezone"])


@pytest.mark.parametrize(
    ("value", "hours"),
    [("UTC", 0), ("z", 0), ("+01:00", 1), ("-0530", -5.5), ("Europe/Vienna", 1), ("America/New_York", -5)],
)
def test_zones(value: str, hours: float) -> None:
    zone = time_zone(CONTEXT, OPTION, value)

    assert timedelta(hours=hours) == datetime(2026, 11, 20, tzinfo=zone).utcoffset()


def test_none_is_none() -> None:
    assert time_zone(CONTEXT, OPTION, None) is None


@pytest.mark.parametrize("value", ["", "nowhere", "+25:00", "../etc/passwd", "1"])
def test_what_is_no_zone(value: str) -> None:
    with pytest.raises(click.BadParameter, match="no time zone"):
        time_zone(CONTEXT, OPTION, value)
