"""Times as logs write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.frames import NANOSECONDS
from wiretruth.witnesses._entry import NO_TIME
from wiretruth.witnesses._stamps import Stamps


def moment(*parts: int) -> int:
    return round(datetime(*parts, tzinfo=UTC).timestamp()) * NANOSECONDS  # type: ignore[arg-type,misc] # year, month …


NEAR = moment(2026, 11, 20, 18, 48, 3)


@pytest.mark.parametrize(
    ("written", "expected", "zoned", "grain"),
    [
        ("Nov 20 18:48:03", NEAR, False, NANOSECONDS),
        ("Nov 20 18:48:03.25", NEAR + 250_000_000, False, NANOSECONDS // 100),
        ("2026-11-20T18:48:03.990117+00:00", NEAR + 990_117_000, True, 1000),
        ("2026-11-20T20:48:03+02:00", NEAR, True, NANOSECONDS),
        ("2026-11-20T18:48:03Z", NEAR, True, NANOSECONDS),
        ("2026-11-20 18:48:03.187", NEAR + 187_000_000, False, 1_000_000),
        ("2026-11-20 13:18:03 -0530", NEAR, True, NANOSECONDS),
        ("@40000000" + f"{1_795_200_483 + 10:08x}" + f"{5:08x}", NEAR + 5, True, 1),
    ],
)
def test_times(written: str, expected: int, zoned: bool, grain: int) -> None:
    time = Stamps(NEAR).read(written)

    assert (written, expected, zoned, grain) == time


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Nov",
        "@",
        "2026",
        "Nov 31 18:48:03",
        "Xyz 20 18:48:03",
        "2026-13-20T18:48:03Z",
        "@" + "f" * 24,
        "2026-02-29 00:00:00",
    ],
)
def test_what_no_calendar_has(written: str) -> None:
    assert NO_TIME == Stamps(NEAR).read(written)


@pytest.mark.parametrize(
    ("near", "written", "year"),
    [
        (moment(2027, 1, 1, 0, 0, 5), "Dec 31 23:59:58", 2026),
        (moment(2026, 12, 31, 23, 59, 50), "Jan  1 00:00:01", 2027),
        (moment(2028, 3, 1), "Feb 29 12:00:00", 2028),
    ],
)
def test_the_year_is_the_one_nearest_to_the_capture(near: int, written: str, year: int) -> None:
    at = Stamps(near).read(written).at

    assert year == datetime.fromtimestamp(at // NANOSECONDS, UTC).year


def test_a_zone_of_the_users_is_only_for_times_without_one() -> None:
    stamps = Stamps(NEAR, timezone(timedelta(hours=2)))

    assert NEAR - 7200 * NANOSECONDS == stamps.read("Nov 20 18:48:03").at
    assert stamps.read("Nov 20 18:48:03").zoned
    assert NEAR == stamps.read("2026-11-20T18:48:03Z").at


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - hypothesis wants them naive
def test_what_is_written_is_read(when: datetime) -> None:
    """Any moment, as RFC 3339 writes it, comes back to the microsecond."""
    expected = (when.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)

    assert expected * 1000 == Stamps(0).read(when.isoformat(timespec="microseconds") + "Z").at
