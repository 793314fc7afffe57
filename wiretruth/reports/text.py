"""For a person: the answer in the first line, the story of the mail, the findings, and what could not be told."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._options import Options
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.coverage import coverage
from wiretruth.reports._text.finding import findings, one_line
from wiretruth.reports._text.logs import logs
from wiretruth.reports._text.mail import mail
from wiretruth.reports._text.page import Line, ink, line
from wiretruth.reports._text.verdict import scope, verdict
from wiretruth.reports._text.ways import ways


def render(report: Report, options: Options) -> Iterator[str]:
    """Give the report line by line, wrapped and coloured as the options say."""
    yield from ink(_quietly(report) if options.verbosity < 0 else _at_length(report, options), options)


def _quietly(report: Report) -> Iterator[Line]:
    clock = clock_of(report)
    first = verdict(report)
    yield Line(first.body, first.lead, wrapped=False)
    yield from (one_line(finding, clock) for finding in report.findings)


def _at_length(report: Report, options: Options) -> Iterator[Line]:
    clock = clock_of(report)
    in_full = options.verbosity > 0
    yield verdict(report)
    yield line("")
    yield from scope(report, clock)
    yield from mail(report, clock, in_full=in_full)
    yield from ways(report, in_full=in_full)
    yield from findings(report, clock, in_full=in_full)
    yield from logs(report, clock, in_full=in_full)
    yield from coverage(report)
