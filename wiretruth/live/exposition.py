"""Counters and gauges, and their text for Prometheus.

Source: the text exposition format, version 0.0.4.
"""

from collections.abc import Iterator, Mapping
from typing import Final

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

MAX_SERIES = 5_000
"""Series in all: what names servers and resolvers grows with them. What comes beyond is counted, and not told apart."""

MEANINGS: Final[Mapping[str, tuple[str, str]]] = {
    "packets_total": ("counter", "Packets that passed the filter."),
    "packets_dropped_total": ("counter", "Packets that the kernel dropped for want of room."),
    "ring_freezes_total": ("counter", "How often the ring of packets was full."),
    "vantage_packets_total": ("counter", "Packets read, by interface."),
    "lookups_total": ("counter", "Lookups that concern mail, or failed, by resolver."),
    "lookup_failures_total": ("counter", "Of those, unanswered, refused or answered with an error."),
    "lookups_unanswered_total": ("counter", "Of those, unanswered."),
    "lookup_seconds_sum": ("counter", "Time that answers took, in all."),
    "lookup_seconds_count": ("counter", "Answers of which the time is known."),
    "connections_total": ("counter", "Mail connections that ended, by server and outcome."),
    "replies_total": ("counter", "Mail connections in which something was deferred or rejected, by the code."),
    "findings_total": ("counter", "Findings that were told, by code and severity."),
    "deliveries_under_way": ("gauge", "Deliveries of which something was seen in the last half minute."),
    "judgement_seconds": ("gauge", "CPU time that the last judgement took."),
    "judgements_failed_total": ("counter", "Judgements that came to nothing."),
    "window_shortened_total": ("counter", "How often the window was cut short because there was too much mail in it."),
    "record_missed_total": ("counter", "Packets that could not be recorded."),
    "store_errors_total": ("counter", "Writes to the store that failed."),
    "resident_bytes": ("gauge", "Memory of the process."),
    "last_packet_timestamp_seconds": ("gauge", "When the last packet was seen."),
    "series_refused_total": ("counter", "Values that were not told apart, because there are too many series."),
}
"""Type and meaning of each metric, without the prefix."""

PREFIX: Final = "wiretruth_"

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """The current values."""

    def __init__(self) -> None:
        """Begin with zeros."""
        self._values: dict[str, dict[Labels, float]] = {name: {} for name in MEANINGS}
        self._series = 0

    def add(self, name: str, value: float = 1, **labels: str) -> None:
        """Add to a counter."""
        key = tuple(labels.items())
        values = self._values[name]
        if self._may(values, key):
            values[key] = values.get(key, 0) + value

    def put(self, name: str, value: float, **labels: str) -> None:
        """Set a gauge, or a counter that somebody else counts."""
        key = tuple(labels.items())
        values = self._values[name]
        if self._may(values, key):
            values[key] = value

    def get(self, name: str, **labels: str) -> float:
        """Give a value; 0 where there is none."""
        return self._values[name].get(tuple(labels.items()), 0)

    def series(self, name: str) -> dict[Labels, float]:
        """Give all values of a metric."""
        return dict(self._values[name])

    def text(self) -> Iterator[str]:
        """Give the lines."""
        for name, (kind, meaning) in MEANINGS.items():
            if self._values[name]:
                yield f"# HELP {PREFIX}{name} {meaning}\n# TYPE {PREFIX}{name} {kind}\n"
            for labels, value in self._values[name].items():
                yield f"{PREFIX}{name}{_labels(labels)} {value:.15g}\n"

    def _may(self, values: dict[Labels, float], key: Labels) -> bool:
        if key in values:
            return True
        if self._series >= MAX_SERIES and key:
            refused = self._values["series_refused_total"]
            refused[()] = refused.get((), 0) + 1
            return False
        self._series += 1
        return True


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
