"""A comparison for people who read diffs: ``-`` answered and never contacted, ``+`` contacted and never answered."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.model.comparison import Comparison, Entry, Hunk, Mark
from wiretruth.model.idn import beside
from wiretruth.reports._options import Options
from wiretruth.reports._text.page import Line, ink, line
from wiretruth.reports._words import count

_STYLE: Final = {Mark.BEFORE: "red", Mark.AFTER: "green", Mark.BOTH: ""}
_INDENT: Final = 4


def render(comparison: Comparison, names: Sequence[str], options: Options) -> Iterator[str]:
    """Give the diff line by line; one without a hunk is empty, as that of equal files is.

    Args:
        comparison: what was compared.
        names: of the captures.
        options: width and colour.
    """
    yield from ink(_lines(comparison, ", ".join(names)), options)


def _lines(comparison: Comparison, names: str) -> Iterator[Line]:
    side: str | None = None
    for hunk in comparison.hunks:
        if side != hunk.resolver:
            side = hunk.resolver
            yield from _sides(names, side)
        yield from _hunk(hunk)
    for trouble in comparison.troubles:
        yield line(trouble, lead="\\ ")
    if comparison.passed_over:
        words = f"{count(comparison.passed_over, 'delivery', 'deliveries')} came in: not compared, the sender asked elsewhere"
        yield line(words, lead="\\ ")


def _sides(names: str, resolver: str) -> Iterator[Line]:
    before, after = ("answered", "contacted") if not resolver else ("captured", f"{resolver} now")
    yield Line(line((f"--- {before}{f' in {names}'}", "bold")).body, wrapped=False)
    yield Line(line((f"+++ {after}{'' if resolver else f' in {names}'}", "bold")).body, wrapped=False)


def _hunk(hunk: Hunk) -> Iterator[Line]:
    mail = f"mail for {beside(hunk.name)}" if hunk.name else "mail whose recipient was not seen"
    whose = f"{hunk.client}, {beside(hunk.name) if hunk.resolver else mail}"
    yield line((f"@@ {whose} @@", "cyan"))
    if hunk.heading:
        yield line(hunk.heading, lead=" " * _INDENT)
    for entry in hunk.entries:
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[Line]:
    """Give an entry, its words below it: lines that begin with a mark are those of a diff, the rest is its context."""
    yield line((f"{entry.mark}{' '.join(filter(None, (entry.name, entry.data)))}", _STYLE[entry.mark]))
    yield line(entry.words, lead=" " * _INDENT)
