"""The time window of --from and --to."""

import click
import pytest

from wiretruth.cli._window import DAY, Moment, Window, moment, parse

SECOND = 1_000_000_000
START = 1_795_199_383 * SECOND
"""2026-11-20 18:29:43 UTC."""
MIDNIGHT = START - START % DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T18:29:43Z", Moment(START, dated=True)),
        ("2026-11-20 18:29:43", Moment(START, dated=True)),
        ("2026-11-20t18:29:43z", Moment(START, dated=True)),
        ("2026-11-20T19:29:43+01:00", Moment(START, dated=True)),
        ("2026-11-20T18:29:43.288512001Z", Moment(START + 288_512_001, dated=True)),
        ("2026-11-20 18:29:43.5", Moment(START + 500_000_000, dated=True)),
        ("2026-11-20 18:29", Moment(START - 43 * SECOND, dated=True)),
        ("1969-12-31T23:59:59.5Z", Moment(-500_000_000, dated=True)),
        ("18:29", Moment((18 * 60 + 29) * 60 * SECOND, dated=False)),
        ("18:29:43", Moment(START - MIDNIGHT, dated=False)),
    ],
)
def test_parse(text: str, expected: Moment) -> None:
    assert expected == parse(text)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "25:00", "18", "18:29Z", "2026-11-31 10:00", "2026-11-20", "18:29:43.1234567890", "١٨:٢٩"]
)
def test_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse(text)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (None, None)),
        ("2026-11-19 00:00", "2026-11-20 00:00", (MIDNIGHT - DAY, MIDNIGHT)),
        ("18:00", None, (MIDNIGHT + 18 * 3600 * SECOND, None)),
        ("18:00", "19:00", (MIDNIGHT + 18 * 3600 * SECOND, MIDNIGHT + 19 * 3600 * SECOND)),
        ("23:00", "01:00", (MIDNIGHT + 23 * 3600 * SECOND, MIDNIGHT + 25 * 3600 * SECOND)),
        (None, "01:00", (None, MIDNIGHT + 25 * 3600 * SECOND)),
    ],
)
def test_a_time_of_day_is_of_the_capture_s_day(
    start: str | None, end: str | None, expected: tuple[int | None, int | None]
) -> None:
    """An end before the beginning can only be the next day's."""
    window = Window(parse(start) if start else None, parse(end) if end else None)

    assert expected == window.resolved(START)


def test_whether_a_capture_is_needed() -> None:
    assert Window().dated
    assert Window(parse("2026-11-20 18:29")).dated
    assert not Window(None, parse("18:29")).dated


def test_the_option_says_which_forms_there_are() -> None:
    context, option = click.Context(click.Command("read")), click.Option(["--from"])

    assert moment(context, option, None) is None
    assert parse("18:29") == moment(context, option, "18:29")
    with pytest.raises(click.BadParameter, match="'soon' is no time; write 2026-11-20T18:29:43Z"):
        moment(context, option, "soon")
