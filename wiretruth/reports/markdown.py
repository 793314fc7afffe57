"""For a ticket: Markdown to be pasted into GitHub, GitLab or Jira, where nothing from the wire means anything but itself."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._markdown.page import ticket
from wiretruth.reports._options import Options
from wiretruth.reports._text.clock import clock_of


def render(report: Report, options: Options) -> Iterator[str]:
    """Give the ticket in pieces."""
    yield from ticket(report, clock_of(report), options.advice, in_full=options.verbosity > 0)
