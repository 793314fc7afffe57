"""Lines as values, and the one place where they become text of a given width, coloured or not."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.text import Text

from wiretruth.reports._options import Options
from wiretruth.reports._words import harmless

Piece = str | tuple[str, str]
"""Text, or text with the name of its style."""

NARROWEST: Final = 20
"""Columns left to a body at least, however narrow the page and however long the lead."""

_ANY_HEIGHT: Final = 25
"""Rows of a page that has no end; where rich is told none, it asks the terminal again for every line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is wrapped; what does not fit goes on below the beginning of its body."""

    body: Text
    lead: Text = field(default_factory=Text)
    """Stands before the first row; the others are indented by its width."""
    wrapped: bool = True
    """False for what must be copied in one piece."""

    @property
    def plain(self) -> str:
        return self.lead.plain + self.body.plain


def text(*pieces: Piece) -> Text:
    """Join pieces; whatever a terminal could obey is escaped, and nothing in them is markup."""
    pairs = [(piece, "") if isinstance(piece, str) else piece for piece in pieces]
    return Text.assemble(*((harmless(words), style) for words, style in pairs))


def line(*pieces: Piece, lead: str | Text = "") -> Line:
    """Make a line of pieces, hanging behind *lead*."""
    return Line(text(*pieces), lead if isinstance(lead, Text) else text(lead))


def heading(words: str) -> Iterator[Line]:
    """Begin a part."""
    yield line("")
    yield line((words, "bold"))
    yield line("")


def ink(lines: Iterable[Line], options: Options) -> Iterator[str]:
    """Wrap and colour the lines, one string a line; nothing of the process's own terminal or environment is heeded."""
    console = Console(
        file=io.StringIO(),
        width=options.width,
        height=_ANY_HEIGHT,
        color_system="standard" if options.colour else None,
        force_terminal=options.colour,
        force_jupyter=False,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for each in lines:
        rows = _rows(each, console)
        yield "".join(_coloured(rows, console) if options.colour else (f"{row.plain}\n" for row in rows))


def _coloured(rows: Iterable[Text], console: Console) -> Iterator[str]:
    for row in rows:
        with console.capture() as captured:
            console.print(row, soft_wrap=True)
        yield captured.get()


def _rows(whole: Line, console: Console) -> Iterator[Text]:
    if not whole.wrapped:
        yield whole.lead + whole.body
        return
    indent = whole.lead.cell_len
    rows = whole.body.wrap(console, max(console.width - indent, NARROWEST), overflow="fold") or [Text()]
    for number, row in enumerate(rows):
        full = (Text(" " * indent) if number else whole.lead) + row
        full.rstrip()
        yield full
