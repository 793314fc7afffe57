"""The section on findings: those of a code together, the first with drawings, the others behind one line."""

from collections.abc import Mapping
from typing import Final

from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.reports._alike import kinds
from wiretruth.reports._html.element import Element, element
from wiretruth.reports._html.finding import Teller
from wiretruth.reports._html.ties import Ties
from wiretruth.reports._places import Places
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.finding import addresses, by_code
from wiretruth.reports._words import count

DRAWN: Final = 5
"""Kinds of findings of one code told with drawings, one of each."""
OPEN: Final = 3
"""Findings that lie open where there are no more; of more only the first."""
MAX_TOLD: Final = 2_000
"""Findings of one code on the page: two megabytes of it."""


def findings(report: Report, clock: Clock, ties: Ties, advice: Mapping[str, str]) -> Element | None:
    """Tell the findings; nothing where there are none."""
    if not report.findings:
        return None
    several = len({vantage for source in report.inputs for vantage in source.vantages}) > 1
    teller = Teller(report, clock, ties, advice, Places(report.inputs), several)
    numbers = numbered(report)
    all_open = len(report.findings) <= OPEN
    groups = [
        _group(code, group, teller, numbers, first=not number, all_open=all_open)
        for number, ((code, _), group) in enumerate(by_code(report).items())
    ]
    empty = element("p", "No finding fits what you look for.", class_="none quiet", hidden=True)
    return element("section", element("h2", "Findings"), groups, empty, id="findings")


def numbered(report: Report) -> dict[int, int]:
    """Give each finding's number on the page, by its identity as an object."""
    return {id(finding): number for number, finding in enumerate(report.findings, 1)}


def _group(
    code: str, group: list[Finding], teller: Teller, numbers: dict[int, int], *, first: bool, all_open: bool
) -> Element:
    several, others = kinds(group, DRAWN)
    drawn = [kind.first for kind in several]
    every = [*(finding for kind in several for finding in kind.more), *others]
    rest = every[:MAX_TOLD]
    told = [
        teller.in_full(f, numbers[id(f)], is_open=all_open or (first and not place)) for place, f in enumerate(drawn)
    ]
    over = len(every) - len(rest)
    number = element("span", f" {len(group):,}", class_="number") if len(group) > 1 else None
    return element(
        "section",
        element("h3", code, number),
        told,
        _rest(rest, over, teller, numbers) if rest else None,
        class_="group",
    )


def _rest(rest: list[Finding], over: int, teller: Teller, numbers: dict[int, int]) -> Element:
    words = f"and {count(len(rest), 'more finding')} of this code{addresses(rest)}"
    more = element("p", f"Only counted: {count(over, 'more finding')} of this code", class_="quiet")
    return element(
        "details",
        element("summary", words),
        [teller.in_short(finding, numbers[id(finding)]) for finding in rest],
        more if over > 0 else None,
        class_="rest",
    )
