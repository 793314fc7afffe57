"""One page for people: open it, mail it, print it. It loads nothing, sends nothing, and holds all of its drawings."""

from collections.abc import Iterator

from wiretruth.model.report import Report
from wiretruth.reports._html.element import markup
from wiretruth.reports._html.page import page
from wiretruth.reports._options import Options
from wiretruth.reports._text.clock import clock_of


def render(report: Report, options: Options) -> Iterator[str]:
    """Give the page in pieces."""
    yield "<!doctype html>\n"
    for element in page(report, clock_of(report), options.advice):
        yield from markup(element)
    yield "\n"
