"""Times as a person reads them: UTC, to the millisecond, the date only where there is more than one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from wiretruth.model.report import Report
from wiretruth.reports._words import second

_MILLISECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Clock:
    """Says moments; those of the one day that the report is about without the date."""

    day: date | None
    """``None``: several days, or none."""

    def __call__(self, at: int) -> str:
        """Say a moment: ``18:29:43.289``, or ``2026-11-20 18:29:43.289``."""
        moment = second(at)
        time = f"{moment.time().isoformat()}.{at // _MILLISECOND % 1000:03d}"
        return time if moment.date() == self.day else f"{moment.date().isoformat()} {time}"


def clock_of(report: Report) -> Clock:
    """Give the clock for a report, by the first and last packet of its inputs."""
    days = {second(at).date() for source in report.inputs for at in (source.first, source.last) if at is not None}
    return Clock(days.pop() if len(days) == 1 else None)
