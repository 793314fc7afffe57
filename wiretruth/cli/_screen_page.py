"""The screen of a watch as a page: vantages, deliveries under way, resolvers, findings."""

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from wiretruth.cli._screen_state import ScreenState, Shown
from wiretruth.engine.telling import sentence
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._text.style import OUTCOME, QUIET, SEVERITY
from wiretruth.reports._words import harmless, second, share

DELIVERIES: Final = 6
RESOLVERS: Final = 5
VANTAGES: Final = 6
"""Rows of each part; findings take the rest."""
_AROUND: Final = 9
"""Lines that headings and keys take."""
_LEAST: Final = 3

KEYS: Final = "p pause   / filter   ↑↓ Enter open   Esc back   q quit"


def page(state: ScreenState, height: int) -> RenderableType:
    """Lay the screen out in so many lines."""
    if state.opened and (chosen := state.chosen()) is not None:
        return Group(_title(state), Text(), *_opened(chosen), Text(), Text(KEYS, style=QUIET))
    used = _AROUND + min(len(state.vantages), VANTAGES)
    used += min(max(len(state.under_way), 1), DELIVERIES) + min(max(len(state.resolvers), 1), RESOLVERS)
    return Group(
        _title(state), Text(), _vantages(state), Text(), _deliveries(state), Text(), _resolvers(state), Text(),
        _findings(state, max(height - used - 2, _LEAST)), _foot(state),
    )  # fmt: skip


def _title(state: ScreenState) -> Text:
    time = f"{second(state.now).time().isoformat()} UTC" if state.now else ""
    words = Text.assemble((f"wiretruth {harmless(state.title)}", "bold"), f"  {time}  {state.packets:,} packets")
    words.append(f"  {state.dropped:,} dropped", "bold red" if state.dropped else QUIET)
    if state.paused:
        words.append("  PAUSED: the watch goes on", "bold yellow")
    words.no_wrap, words.overflow = True, "ellipsis"
    return words


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style=QUIET, show_edge=False)
    for column in columns:
        right = column.endswith(">")
        table.add_column(column.rstrip(">"), no_wrap=True, overflow="ellipsis", justify="right" if right else "left")
    return table


def _vantages(state: ScreenState) -> Table:
    table = _table("interface", "", "packets/s>", "packets>")
    for name, vantage in list(state.vantages.items())[:VANTAGES]:
        up = Text("up", "green") if vantage.up else Text("down", "bold red")
        table.add_row(Text(harmless(name)), up, f"{vantage.rate:,.0f}", f"{vantage.packets:,}")
    return table


def _deliveries(state: ScreenState) -> Table:
    table = _table("mail under way", "for", "server", "step", "")
    for row in reversed(state.under_way[-DELIVERIES:]):
        attempt = row.attempts[-1]
        outcome = Text(harmless(attempt.reply or row.outcome), OUTCOME.get(row.outcome, ""))  # type: ignore[call-overload]  # StrEnum keys
        table.add_row(Text(row.client), Text(harmless(row.domain)), Text(attempt.server), attempt.step, outcome)
    if not state.under_way:
        table.add_row(Text("none just now", QUIET))
    return table


def _resolvers(state: ScreenState) -> Table:
    table = _table("resolver", "lookups>", "failed>", "unanswered>", "mean answer>")
    for row in list(reversed(state.resolvers.values()))[:RESOLVERS]:
        bad = "bold red" if row.failed * 2 > row.lookups else "yellow" if row.failed else ""
        mean = duration(row.latency // row.answered) if row.answered else "-"
        failed = Text(f"{row.failed:,} ({share(row.failed / row.lookups)})", bad)
        table.add_row(Text(row.resolver), f"{row.lookups:,}", failed, f"{row.unanswered:,}", mean)
    if not state.resolvers:
        table.add_row(Text("no lookup that concerns mail yet", QUIET))
    return table


def _findings(state: ScreenState, rows: int) -> Table:
    visible = state.visible()
    heading = f"findings ({len(visible)}{f' with {harmless(state.filter)}' if state.filter else ''})"
    table = _table("time", heading, "")
    table.columns[2].ratio = 1
    first = max(min(state.selected, len(visible) - 1) - rows + 1, 0)
    for place, shown in list(enumerate(visible))[first : first + rows]:
        finding = shown.told.finding
        style = "reverse" if place == state.selected else ""
        time = Text(second(finding.at).time().isoformat(), style)
        code = Text(f"{finding.severity} {finding.code}", f"{SEVERITY[finding.severity]} {style}")
        table.add_row(time, code, Text(harmless(sentence(shown.told)), style))
    if not visible:
        table.add_row("", Text("nothing so far", "green"))
    return table


def _opened(shown: Shown) -> Iterator[Text]:
    finding = shown.told.finding
    yield Text.assemble(
        (f"{finding.severity} ", SEVERITY[finding.severity]), (finding.code, "bold"), f" ({finding.confidence})"
    )
    yield Text(harmless(sentence(shown.told)), "bold")
    moment = second(finding.at).isoformat(sep=" ")
    yield Text(f"{moment} UTC{f', client {finding.client}' if finding.client else ''}", QUIET)
    for record in finding.evidence:
        place = f" ({record.vantage}, frame {record.frames[0]})" if record.vantage and record.frames else ""
        yield Text(f"- {harmless(record.text)}{place}")
    for label, items in (("still possible", finding.still_possible), ("what would settle it", finding.settled_by)):
        for item in items:
            yield Text.assemble((f"{label}: ", "bold"), harmless(item))
    if shown.packets:
        yield Text.assemble(("its packets: ", "bold"), harmless(shown.packets))
    yield Text(f"more: wiretruth explain {finding.code}", QUIET)


def _foot(state: ScreenState) -> Text:
    if state.typing:
        return Text(f"/{state.filter}▏ Enter keeps it, Esc leaves", "bold")
    ago = f"   {harmless(state.note)}" if state.note else ""
    watched = duration(max(state.now - state.since, 0)) if state.now else duration(NANOSECONDS)
    judged = f", judged in {state.judging:.1f} s" if state.judging else ""
    return Text(f"{KEYS}   {watched}{judged}{ago}", QUIET, no_wrap=True, overflow="ellipsis")
