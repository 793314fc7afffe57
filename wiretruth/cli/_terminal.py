"""What the place that a report goes to can show: its width, and colours."""

import shutil
import sys
from collections.abc import Mapping
from typing import Final

NARROW: Final = 80
"""Columns where nobody says how many there are."""
WIDE: Final = 120
"""Lines of prose longer than this are hard to follow, however wide the terminal; --width goes beyond."""
LEAST: Final = 40
"""Fewer columns than this are not worth wrapping to."""


def width(*, terminal: bool) -> int:
    """Give the columns to write in; *terminal*: the report goes to one."""
    if not terminal:
        return NARROW
    return max(LEAST, min(shutil.get_terminal_size((NARROW, 24)).columns, WIDE))


def colour(choice: str, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether to colour.

    Args:
        choice: ``auto``, ``always`` or ``never``.
        environment: NO_COLOR (no-color.org), and TERM=dumb, speak where the choice is ``auto``.
        terminal: the report goes to a terminal.
    """
    if choice != "auto":
        return choice == "always"
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def stdout_is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def stderr_is_terminal() -> bool:
    """Tell whether standard error is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()
