"""What the report says of the logs as inputs, and of what they could not tell."""

from collections.abc import Iterable, Iterator

from wiretruth.model.durations import duration
from wiretruth.model.log import LogSummary, ReadLog
from wiretruth.model.report import InputSummary

TELLING_OFFSET = 2_000_000_000
"""Nanoseconds from which on a clock's error is told: below it is what software takes to write a line."""

_MINUTE = 60


def log_input(log: ReadLog) -> InputSummary:
    """Describe a log as one of the inputs."""
    return InputSummary(path=log.path, kind="log", label=log.label, format=", ".join(log.programs))


def log_evictions(logs: Iterable[ReadLog]) -> Iterator[tuple[str, int]]:
    """Count what the bounds of reading logs gave up."""
    for log in logs:
        if log.dropped:
            yield f"the list of claims in {log.path}", log.dropped
        if log.given_up:
            yield f"the table of messages under way in {log.path}", log.given_up


def log_limits(summaries: Iterable[LogSummary]) -> Iterator[str]:
    """Say what is uncertain about the logs."""
    for log in summaries:
        for host, clock in log.clocks:
            whose = f"{log.path}{f' ({host})' if len(log.clocks) > 1 and host else ''}"
            if clock.assumed and log.claims:
                yield f"the time zone of {whose} is not known: nothing in it is found in the captures (--log-timezone)"
            elif clock.zone:
                yield f"{whose} names no time zone; by what both log and capture show it is UTC{zone_words(clock.zone)}"
            if clock.offset is not None and abs(clock.offset) >= TELLING_OFFSET:
                side = "ahead of" if clock.offset > 0 else "behind"
                yield f"the clock of {whose} is {duration(abs(clock.offset))} {side} that of the captures; this was allowed for"
        if log.outside == log.lines - log.unknown:
            yield f"every line of {log.path} is of another time than the captures"


def zone_words(seconds: int) -> str:
    """Say a time zone as people write it: ``+01:00``."""
    minutes = abs(seconds) // _MINUTE
    return f"{'-' if seconds < 0 else '+'}{minutes // _MINUTE:02d}:{minutes % _MINUTE:02d}"
