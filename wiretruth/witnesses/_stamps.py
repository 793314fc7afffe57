"""The times that logs write, read into nanoseconds (RFC 3164, RFC 3339, TAI64N, seconds since the epoch)."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import LogTime
from wiretruth.witnesses._entry import NO_TIME

SYSLOG = r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?"
"""RFC 3164 §4.1.2: no year, no zone, the day padded with a space."""
ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?"
"""RFC 3339, and as Exim writes it: a space between day and time, often no zone."""
TAI64N = r"@[0-9a-f]{24}"

TAI_BASE = (1 << 62) + 10
"""TAI64 label of the Unix epoch, as the tools that write such logs count: ten seconds, leap seconds not looked up."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:(Z)| ?([+-])(\d\d):?(\d\d))?")
_HOUR, _MINUTE = 3600, 60


class Stamps:
    """Reads times; what the log leaves out is taken from the capture and from the user."""

    def __init__(self, near: int, zone: tzinfo | None = None) -> None:
        """Begin.

        Args:
            near: nanoseconds since the Unix epoch: a year that is not written is the one that comes nearest to this.
            zone: of times without one, where the user says it.
        """
        self._near = near
        self._zone = zone
        self._last = ("", NO_TIME)

    def read(self, written: str) -> LogTime:
        """Read a time of any of the patterns above; :data:`NO_TIME` where there is no such day or time."""
        if written != self._last[0]:  # many lines of one second
            self._last = (written, self._read(written))
        return self._last[1]

    def epoch(self, seconds: str, fraction: str) -> LogTime:
        """Read seconds since the Unix epoch, at most 12 digits, with their fraction."""
        at = int(seconds) * NANOSECONDS + _nanoseconds(fraction)
        return LogTime(f"{seconds}.{fraction}", at, zoned=True, grain=_grain(fraction))

    def _read(self, written: str) -> LogTime:
        try:
            if written[:1] == "@":
                return _tai64n(written)
            return self._iso(written) if written[:1].isdigit() else self._syslog(written)
        except (ValueError, OverflowError):
            return NO_TIME

    def _syslog(self, written: str) -> LogTime:
        month, clock, fraction = _MONTHS.get(written[:3]), written[7:15], written[16:]
        if month is None:
            return NO_TIME
        day, hour, minute, second = int(written[4:6]), int(clock[:2]), int(clock[3:5]), int(clock[6:8])
        second = min(second, 59)  # a leap second
        around = (_EPOCH + timedelta(seconds=self._near // NANOSECONDS)).year
        found = []
        for year in (around - 1, around, around + 1):
            try:
                moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
            except ValueError:  # 29 February
                continue
            found.append(self._placed(written, moment, fraction, None))
        return min(found, key=lambda t: abs(t.at - self._near), default=NO_TIME)

    def _iso(self, written: str) -> LogTime:
        found = _ISO.fullmatch(written)
        if found is None:
            return NO_TIME
        year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        offset = 0 if found[8] else None
        if found[9]:
            offset = (int(found[10]) * _HOUR + int(found[11]) * _MINUTE) * (-1 if found[9] == "-" else 1)
        return self._placed(written, moment, found[7] or "", offset)

    def _placed(self, written: str, moment: datetime, fraction: str, offset: int | None) -> LogTime:
        if offset is None and self._zone is not None:
            offset = _offset(self._zone, moment)
        seconds = (moment - _EPOCH) // timedelta(seconds=1) - (offset or 0)
        return LogTime(
            written, seconds * NANOSECONDS + _nanoseconds(fraction), zoned=offset is not None, grain=_grain(fraction)
        )


def _offset(zone: tzinfo, moment: datetime) -> int:
    local = moment.replace(tzinfo=zone).utcoffset()
    return 0 if local is None else local // timedelta(seconds=1)


def _tai64n(written: str) -> LogTime:
    seconds = int(written[1:17], 16) - TAI_BASE
    nanoseconds = int(written[17:25], 16)
    if not 0 <= seconds < 1 << 34 or nanoseconds >= NANOSECONDS:
        return NO_TIME
    return LogTime(written, seconds * NANOSECONDS + nanoseconds, zoned=True, grain=1)


def _nanoseconds(fraction: str) -> int:
    return int(fraction[:9].ljust(9, "0")) if fraction else 0


def _grain(fraction: str) -> int:
    return NANOSECONDS // int("1".ljust(len(fraction[:9]) + 1, "0"))
