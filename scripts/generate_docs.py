"""``python -m scripts.generate_docs``: write what the program itself knows best into the documentation.

A page for each finding comes from its rule file's docstring, ``cli.md`` and ``man/`` from the commands' own descriptions,
``limits.md`` from the named bounds in the code; pages written by hand have their shown outputs filled in.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scripts.command_pages import cli_page
from scripts.finding_pages import code, finding_page, findings_index
from scripts.limit_page import limit_page
from scripts.man_pages import man_pages
from scripts.outputs import with_outputs
from scripts.sessions import with_sessions
from wiretruth import discover, rules

PROJECT: Final = Path(__file__).resolve().parents[1]
README: Final = PROJECT / "README.md"
REFERENCE: Final = PROJECT / "docs" / "reference"
FINDINGS: Final = REFERENCE / "findings"
MANUAL: Final = PROJECT / "man"


def pages() -> dict[Path, str]:
    """Give every page with something generated in it: where it belongs, and its text."""
    made = {FINDINGS / f"{code(name)}.md": finding_page(name) for name in discover.names(rules)}
    made[FINDINGS / "index.md"] = findings_index()
    made[REFERENCE / "cli.md"] = cli_page()
    made |= {MANUAL / name: page for name, page in man_pages().items()}
    made[REFERENCE / "limits.md"] = limit_page()
    by_hand = [README, *sorted((PROJECT / "docs").rglob("*.md"))]
    return made | {
        path: filled(path.read_text(encoding="utf-8"))
        for path in by_hand
        if path not in made and path.parent != FINDINGS
    }


def filled(page: str) -> str:
    """Give a page that people write with its marked parts as they are now: outputs and sessions."""
    return with_sessions(with_outputs(page, PROJECT), PROJECT)


def stale(made: dict[Path, str]) -> Iterator[Path]:
    """Give the pages that differ from what is made now, and those that nothing makes any more."""
    for path, text in made.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path
    yield from (path for path in [*sorted(FINDINGS.glob("*.md")), *sorted(MANUAL.glob("*.1"))] if path not in made)


def main() -> int:
    """Write what is stale, remove what nothing makes any more, and name both."""
    made = pages()
    for path in stale(made):
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
        sys.stdout.write(f"{path.relative_to(PROJECT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
