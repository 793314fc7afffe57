"""The lists of records that a reader may ask for, one record at a time."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._options import RECORDS
from wiretruth.reports._records.connection import connection_record
from wiretruth.reports._records.delivery import delivery_record
from wiretruth.reports._records.dialogue import dialogue_record
from wiretruth.reports._records.lookup import lookup_record
from wiretruth.reports._records.shape import Record

SINGULAR = dict(zip(RECORDS, ("connection", "dialogue", "lookup", "delivery"), strict=True))
"""What one entry of each list is called."""


def records(report: Report, name: str) -> Iterator[Record]:
    """Give the entries of one list of :data:`RECORDS`."""
    match name:
        case "connections":
            return map(connection_record, report.connections)
        case "dialogues":
            return (dialogue_record(c, c.dialogue) for c in report.connections if c.dialogue)
        case "lookups":
            return map(lookup_record, report.lookups)
        case "deliveries":
            return map(delivery_record, report.deliveries)
    raise ValueError(name)
