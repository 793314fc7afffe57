"""The whole page: its head, its parts in their order, and what a reader does with them."""

from collections.abc import Iterator, Mapping
from typing import Final

from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._html.assets import policy, script, style
from wiretruth.reports._html.deliveries import deliveries
from wiretruth.reports._html.element import Element, Verbatim, element
from wiretruth.reports._html.findings import findings
from wiretruth.reports._html.pieces import pieces_of, spans
from wiretruth.reports._html.summary import summary, title
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._html.timeline import timeline
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.coverage import limits, limits_title
from wiretruth.reports._text.logs import log_lines
from wiretruth.reports._text.page import Line
from wiretruth.reports._words import share

HEADS: Final = ("open", "data", "close", "reset", "error", "name")
"""Kinds of packets, each with an arrow head of its colour."""


def page(report: Report, clock: Clock, advice: Mapping[str, str]) -> Iterator[Element]:
    """Give what stands behind the document type: the one element ``html``."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy()),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("meta", name_="referrer", content="no-referrer"),
        element("meta", name_="generator", content=f"wiretruth {report.version}"),
        element("title", title(report)),
        element("style", Verbatim(style())),
    )
    ties = Ties(report)
    main = element(
        "main",
        summary(report, clock),
        timeline(report, clock, ties),
        _tools(report),
        findings(report, clock, ties, advice),
        deliveries(report, clock),
        _logs(report, clock),
        _limits(report),
        _inputs(report, clock),
        id="main",
    )
    skip = element("a", "To the findings", href="#findings", class_="skip") if report.findings else None
    body = element("body", skip, _masthead(), main, _foot(report), _heads(), element("script", Verbatim(script())))
    yield element("html", head, body, lang="en")


def _masthead() -> Element:
    toggle = element("button", "Dark", type="button", id="theme", aria_pressed="false", hidden=True)
    return element("header", element("span", "wiretruth", class_="mark"), toggle, class_="masthead")


def _tools(report: Report) -> Element | None:
    """Give the search field and the filters; the script shows them, as nothing works without it."""
    if not report.findings and not report.deliveries:
        return None
    severities = list(dict.fromkeys(f.severity.value for f in report.findings))
    outcomes = list(dict.fromkeys(d.outcome.value for d in report.deliveries))
    chips = [*(_chip("severity", s, s) for s in severities), *(_chip("outcome", o, o) for o in outcomes)]
    field = element(
        "label",
        element("span", "Search findings and mail"),
        element("input", type="search", id="search", autocomplete="off", spellcheck="false"),
    )
    return element(
        "form",
        field,
        element("div", chips, class_="chips", role="group", aria_label="Show"),
        class_="tools",
        role="search",
        hidden=True,
    )


def _chip(kind: str, value: str, words: str) -> Element:
    return element(
        "button", words, type="button", class_=f"chip {value}", aria_pressed="true", data_kind=kind, data_value=value
    )


def _logs(report: Report, clock: Clock) -> Element | None:
    if not report.logs:
        return None
    told = [
        element("p", spans(pieces_of(line)), class_=_depth(line))
        for log in report.logs
        for line in log_lines(report, log, clock, in_full=False)
    ]
    return element("section", element("h2", "Logs"), told, class_="logs", id="logs")


def _depth(line: Line) -> str:
    return "entry" if "-" in line.lead.plain else "under" if line.lead.plain else "log"


def _limits(report: Report) -> Element | None:
    told = [element("li", words) for words in limits(report)]
    return element("section", element("h2", limits_title(report)), element("ul", told), id="limits") if told else None


def _inputs(report: Report, clock: Clock) -> Element:
    head = element(
        "tr",
        (element("th", words, scope="col") for words in ("input", "kind", "format", "packets", "from", "to", "loss")),
    )
    rows = [_input(source, clock) for source in report.inputs]
    table = element("table", element("thead", head), element("tbody", rows))
    return element(
        "section",
        element("h2", "What was read"),
        element("div", table, class_="wide", tabindex="0", role="region", aria_label="What was read"),
        id="inputs",
    )


def _input(source: InputSummary, clock: Clock) -> Element:
    is_capture = source.kind == "capture"
    moments = [clock(at) if at is not None else "" for at in (source.first, source.last)]
    link = f" {source.link_type}" if source.link_type else ""
    cells = [
        source.kind,
        source.format + link,
        f"{source.packets:,}" if is_capture else "",
        *moments,
        share(source.loss) if is_capture else "",
    ]
    return element("tr", element("th", source.path, scope="row"), (element("td", words) for words in cells))


def _foot(report: Report) -> Element:
    grades = (
        ("proven", "two independent records of the same connection disagree"),
        ("likely", "one strong inference, with its rivals ruled out"),
        ("possible", "one indication; innocent explanations remain"),
    )
    told = [element("div", element("dt", name), element("dd", words)) for name, words in grades]
    return element(
        "footer",
        element("h2", "How to read this"),
        element(
            "p",
            "Packets were observed; everybody else claims: a DNS answer, an envelope, a log. A finding says where both cannot be true.",
        ),
        element("dl", told),
        element("p", f"Made by wiretruth {report.version}. This page loads nothing and sends nothing.", class_="quiet"),
    )


def _heads() -> Element:
    """Give the arrow heads that all drawings share."""
    tips = [
        element(
            "marker",
            element("path", d="M0 0 L8 4 L0 8 z", class_=f"head {kind}"),
            id=f"head-{kind}",
            viewBox="0 0 8 8",
            refX=7,
            refY=4,
            markerWidth=7,
            markerHeight=7,
            orient="auto-start-reverse",
        )
        for kind in HEADS
    ]
    return element("svg", element("defs", tips), width="0", height="0", class_="heads", aria_hidden="true")
