"""The section on mail: the first deliveries as they are, all of them as data that the page's script shows by the page."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.report import Report
from wiretruth.reports._html.element import Element, Node, Verbatim, element
from wiretruth.reports._html.pieces import CLASSES, TONES, milliseconds, moment, pieces_of, spans
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.mail import PRESSING
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.story import moments_of, passed_over, ranked, summary_lines, title
from wiretruth.reports._text.style import DOUBTFUL
from wiretruth.reports._words import count, harmless

STATIC: Final = 25
"""Deliveries that stand in the page for readers without script; with it, one page."""
MAX_DELIVERIES: Final = 20_000
"""Deliveries on the page: some megabytes. Of more, those that went wrong come first."""
MOST_MOMENTS: Final = 120
"""Moments told of one delivery."""

Flat = list[int]
"""Pieces as numbers: class, words, class, words."""


def deliveries(report: Report, clock: Clock) -> Element | None:
    """Tell the deliveries in the order of time; nothing where there are none."""
    if not report.deliveries:
        return None
    chosen = list(_chosen(report.deliveries))
    rows = [_row(delivery, clock) for _, delivery in chosen[:STATIC]]
    more = len(report.deliveries) - len(chosen)
    words = (
        f"Only counted: {count(more, 'more delivery', 'more deliveries')}; --host, --from and --to narrow the report"
    )
    unseen = len(chosen) - len(rows)
    without = (
        f"{count(unseen, 'more delivery', 'more deliveries')}: the page's script shows them, and it does not run here"
    )
    return element(
        "section",
        element("h2", "Mail"),
        element("p", class_="status quiet", role="status", aria_live="polite"),
        element("ol", rows, class_="deliveries"),
        element("nav", class_="pages", aria_label="Pages of deliveries"),
        element("noscript", element("p", without, class_="quiet")) if unseen > 0 else None,
        element("p", words, class_="quiet") if more else None,
        element("script", Verbatim(_data(chosen, clock)), type="application/json", id="deliveries-data"),
        id="deliveries",
    )


def started(delivery: Delivery) -> int:
    """Give when the first thing of a delivery was seen."""
    seen = [*(a.at for a in delivery.attempts), *(t.nearest.at for t in delivery.lookups)]
    return min(seen, default=0)


def ended(delivery: Delivery) -> int:
    """Give when the last thing of a delivery was seen."""
    seen = [
        *(a.connection.nearest.last.at for a in delivery.attempts),
        *(t.nearest.waited_until for t in delivery.lookups),
    ]
    return max([started(delivery), *seen])


def _chosen(told: tuple[Delivery, ...]) -> Iterator[tuple[int, Delivery]]:
    order: Iterable[int] = range(len(told))
    if len(told) > MAX_DELIVERIES:
        order = sorted(sorted(order, key=lambda n: PRESSING.index(told[n].outcome))[:MAX_DELIVERIES])
    return ((number, told[number]) for number in order)


class Told(NamedTuple):
    """One line of a delivery's story."""

    at: int | None
    inner: bool
    pieces: list[Piece]


def story(delivery: Delivery) -> list[Told]:
    """Tell a delivery: what is to be said of the whole, then what happened, then who was not tried."""
    whole = [Told(None, False, pieces_of(line)) for line in summary_lines(delivery)]
    moments = [Told(m.at, m.inner, m.pieces) for m in moments_of(delivery, in_full=False)[:MOST_MOMENTS]]
    skipped = passed_over(delivery)
    names: list[Piece] = [("not contacted here: ", DOUBTFUL), ", ".join(map(ranked, skipped))]
    return [*whole, *moments, *([Told(None, False, names)] if skipped else [])]


def _row(delivery: Delivery, clock: Clock) -> Element:
    told = [
        element(
            "li",
            [] if at is None else [moment(at, clock), " "],
            element("span", spans(pieces)),
            class_="note" if at is None else "inner" if inner else None,
        )
        for at, inner, pieces in story(delivery)
    ]
    outcome = delivery.outcome
    head: list[Node] = [
        moment(started(delivery), clock),
        " ",
        element("span", outcome.value, class_=f"pill {TONES[outcome]}"),
        " ",
        element("span", spans(title(delivery)), class_="what"),
    ]
    return element("li", element("details", element("summary", head), element("ol", told, class_="story")))


class _Words:
    """Each text once."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def flat(self, pieces: Iterable[Piece]) -> Flat:
        """Give pieces as numbers."""
        numbers: Flat = []
        for words, style in (p if isinstance(p, tuple) else (p, "") for p in pieces):
            if words:
                numbers += (
                    _STYLES.index(CLASSES.get(style, "")),
                    self.known.setdefault(harmless(words), len(self.known)),
                )
        return numbers


_STYLES: Final = ["", *CLASSES.values()]
_OUTCOMES: Final = list(DeliveryOutcome)


def _data(chosen: list[tuple[int, Delivery]], clock: Clock) -> str:
    words = _Words()
    rows = [
        [
            number,
            milliseconds(started(delivery)),
            _OUTCOMES.index(delivery.outcome),
            words.flat(title(delivery)),
            [[at and milliseconds(at), int(inner), words.flat(pieces)] for at, inner, pieces in story(delivery)],
        ]
        for number, delivery in chosen
    ]
    record = {
        "day": clock.day.isoformat() if clock.day else None,
        "classes": _STYLES,
        "outcomes": [outcome.value for outcome in _OUTCOMES],
        "tones": [TONES[outcome] for outcome in _OUTCOMES],
        "words": list(words.known),
        "rows": rows,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
