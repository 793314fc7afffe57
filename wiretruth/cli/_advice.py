"""What to do about findings: the part of their manual pages that a report quotes."""

import importlib
import textwrap
from collections.abc import Iterable
from typing import Final

from wiretruth import discover, rules
from wiretruth.model.finding import Finding

_TITLE: Final = "What to do next"


def advice(findings: Iterable[Finding]) -> dict[str, str]:
    """Give what the manual page of each code says to do next."""
    known = set(discover.names(rules))
    told = {code: _section(code) for code in {f.code for f in findings} if code.replace("-", "_") in known}
    return {code: words for code, words in told.items() if words}


def _section(code: str) -> str:
    docstring = importlib.import_module(f"{rules.__name__}.{code.replace('-', '_')}").__doc__ or ""
    _, _, behind = docstring.partition(f"\n{_TITLE}\n")
    lines = []
    for line in behind.splitlines():
        if line and not line.startswith(" "):
            break
        lines.append(line)
    return textwrap.dedent("\n".join(lines)).strip()
