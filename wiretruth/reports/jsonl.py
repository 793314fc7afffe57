"""The records of the JSON report, one a line, each with a ``record`` key: the head first, findings last."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._options import RECORDS, Options
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.head import SCHEMA, coverage_record, input_record, summary_record, tool_record
from wiretruth.reports._records.lists import SINGULAR, records
from wiretruth.reports._records.log import log_record
from wiretruth.reports._records.shape import Record, encoded


def render(report: Report, options: Options) -> Iterator[str]:
    """Give one line a record."""
    yield _line("report", _head(report))
    for source in report.inputs:
        yield _line("input", input_record(source))
    for log in report.logs:
        yield _line("log", log_record(log))
    for name in RECORDS:
        if name in options.records:
            for entry in records(report, name):
                yield _line(SINGULAR[name], entry)
    places = Places(report.inputs)
    for finding in report.findings:
        yield _line("finding", finding_record(finding, places))


def _head(report: Report) -> Record:
    return {
        "schema": SCHEMA,
        "tool": tool_record(report),
        "coverage": coverage_record(report.coverage),
        "summary": summary_record(report),
    }


def _line(kind: str, record: Record) -> str:
    return encoded({"record": kind} | record) + "\n"
