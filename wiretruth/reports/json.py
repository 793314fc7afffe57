"""One JSON document: for programs, and for ``jq``. See the contract in docs/reference."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._options import RECORDS, Options
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.head import SCHEMA, coverage_record, input_record, summary_record, tool_record
from wiretruth.reports._records.lists import records
from wiretruth.reports._records.log import log_record
from wiretruth.reports._records.shape import Record, encoded


def render(report: Report, options: Options) -> Iterator[str]:
    """Give the document in pieces, each entry of a list on a line of its own."""
    places = Places(report.inputs)
    yield f'{{\n"schema": {encoded(SCHEMA)},\n"tool": {encoded(tool_record(report))}'
    yield from _list("inputs", map(input_record, report.inputs))
    yield f',\n"coverage": {encoded(coverage_record(report.coverage))}'
    yield f',\n"summary": {encoded(summary_record(report))}'
    yield from _list("logs", map(log_record, report.logs))
    yield from _list("findings", (finding_record(finding, places) for finding in report.findings))
    for name in RECORDS:
        yield from _list(name, records(report, name) if name in options.records else iter(()))
    yield "\n}\n"


def _list(key: str, entries: Iterator[Record]) -> Iterator[str]:
    yield f",\n{encoded(key)}: ["
    between = "\n"
    for entry in entries:
        yield between + encoded(entry)
        between = ",\n"
    yield "]"
