"""The time window of --from and --to."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import click

from wiretruth.model.frames import NANOSECONDS

DAY: Final = 86_400 * NANOSECONDS
FORMS: Final = "2026-11-20T18:29:43Z, '2026-11-20 18:29:43' or 18:29"

_FORM: Final = re.compile(
    r"(?:(?P<date>\d{4}-\d\d-\d\d)[Tt ])?(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(NamedTuple):
    """A moment as the user gave it."""

    at: int
    """Nanoseconds since the Unix epoch, or since midnight where no day was given."""
    dated: bool

    def on(self, day: int) -> int:
        """Give the moment itself; *day*: nanoseconds since the epoch of the midnight that an undated one follows."""
        return self.at if self.dated else day + self.at


class Window(NamedTuple):
    """Both ends of the window, either of them open where ``None``."""

    start: Moment | None = None
    end: Moment | None = None

    @property
    def dated(self) -> bool:
        """Tell whether no capture is needed to know the window."""
        return all(moment is None or moment.dated for moment in self)

    def resolved(self, first: int) -> tuple[int | None, int | None]:
        """Give the window in nanoseconds since the epoch.

        Args:
            first: when the capture begins: its day is that of an undated moment. An undated end that lies before
                the window or the capture begins is the next day's.
        """
        day = first - first % DAY
        start = self.start.on(day) if self.start else None
        end = self.end.on(day) if self.end else None
        if self.end and end is not None and not self.end.dated and end < max(first, start or 0):
            end += DAY
        return start, end


def parse(text: str) -> Moment:
    """Read RFC 3339, the same without offset (UTC), or a time of day.

    Raises:
        ValueError: it is neither.
    """
    found = _FORM.fullmatch(text)
    if found is None or (found["zone"] and not found["date"]):
        raise ValueError(text)
    zone = (found["zone"] or "Z").upper().replace("Z", "+00:00")
    clock = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}"
    moment = datetime.fromisoformat(f"{found['date'] or '1970-01-01'}T{clock}{zone}")
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    return Moment(seconds * NANOSECONDS + int((found["fraction"] or "").ljust(9, "0")), bool(found["date"]))


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Moment | None:
    """Read an option's value, or say which forms there are."""
    try:
        return None if value is None else parse(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no time; write {FORMS}") from None


def between(start: Moment | None, end: Moment | None) -> Window:
    """Make a window of what --from and --to say."""
    if start and end and start.dated and end.dated and end.at < start.at:
        raise click.UsageError("--to lies before --from", click.get_current_context())
    return Window(start, end)
