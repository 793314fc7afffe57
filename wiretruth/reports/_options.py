"""How a report is wanted: handed to every format, which heeds what concerns it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

RECORDS: Final = ("connections", "dialogues", "lookups", "deliveries")
"""The record lists that a report can hold, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Options:
    """Wishes of the reader; the defaults suit a file."""

    records: frozenset[str] = frozenset()
    """Which of :data:`RECORDS` to write out."""
    width: int = 80
    """Columns of a line, where lines are wrapped at all."""
    colour: bool = False
    verbosity: int = 0
    """Negative: the verdict and one line a finding; 0: what a person needs; 1 and above: everything."""
    advice: Mapping[str, str] = field(default_factory=dict)
    """What to do next, by the code of a finding: paragraphs with an empty line between them."""
