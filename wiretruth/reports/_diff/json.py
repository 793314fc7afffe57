"""A comparison for a program: one document."""

from collections.abc import Iterator
from typing import Final

from wiretruth.model.comparison import Comparison, Entry, Hunk, Mark
from wiretruth.reports._records.shape import Record, encoded

SCHEMA: Final = "wiretruth.diff/1"

_WIRE: Final = {Mark.BOTH: "both", Mark.BEFORE: "answered", Mark.AFTER: "contacted"}
_NOW: Final = {Mark.BOTH: "both", Mark.BEFORE: "captured", Mark.AFTER: "now"}


def render(comparison: Comparison, version: str) -> Iterator[str]:
    """Give the document in pieces, a hunk a line; *version* is wiretruth's."""
    tool = {"name": "wiretruth", "version": version}
    yield f'{{\n"schema": {encoded(SCHEMA)},\n"tool": {encoded(tool)},\n"hunks": ['
    between = "\n"
    for hunk in comparison.hunks:
        yield between + encoded(_hunk(hunk))
        between = ",\n"
    rest = {"troubles": list(comparison.troubles), "passed_over": comparison.passed_over}
    yield f'],\n"troubles": {encoded(rest["troubles"])},\n"passed_over": {rest["passed_over"]}\n}}\n'


def _hunk(hunk: Hunk) -> Record:
    sides = _NOW if hunk.resolver else _WIRE
    return {
        "client": hunk.client,
        "name": hunk.name,
        "resolver": hunk.resolver or None,
        "heading": hunk.heading,
        "entries": [_entry(entry, sides[entry.mark]) for entry in hunk.entries],
    }


def _entry(entry: Entry, side: str) -> Record:
    return {
        "mark": entry.mark.value,
        "side": side,
        "severity": entry.severity.value if entry.severity else None,
        "name": entry.name or None,
        "data": entry.data or None,
        "text": entry.words,
    }
