"""What a reader types and sees, shown in pages: each ``$ `` line of a ``console`` block is run, and what it prints follows it."""

import re
import tempfile
from pathlib import Path
from typing import Final

from scripts.outputs import output

BLOCK: Final = re.compile(r"(?ms)^```console\n(?P<typed>.*?)^```$")
PROMPT: Final = "$ "
LINKED: Final = ("pcaps",)
"""Folders of the project that commands may read; what they write stays in a folder of the page's own."""


def with_sessions(page: str, project: Path) -> str:
    """Give *page* with what its commands print now, run from the first to the last in one folder.

    Args:
        page: Markdown.
        project: where the linked folders are.
    """
    if not BLOCK.search(page):
        return page
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for linked in LINKED:
            (folder / linked).symlink_to(project / linked, target_is_directory=True)
        return BLOCK.sub(lambda found: f"```console\n{session(found['typed'], folder)}```", page)


def session(typed: str, folder: Path) -> str:
    """Run a block's commands, and give them with what each prints; a line that ends in a backslash goes on in the next."""
    return "".join(f"{PROMPT}{command}\n{output(command, folder)}" for command in commands(typed))


def commands(typed: str) -> list[str]:
    """Take the commands out of a block, without what an earlier run of them printed."""
    found: list[str] = []
    going_on = False
    for line in typed.splitlines():
        if going_on:
            found[-1] += f"\n{line}"
        elif line.startswith(PROMPT):
            found.append(line.removeprefix(PROMPT))
        else:
            continue
        going_on = line.endswith("\\")
    return found
