"""What commands print, shown in pages: ``<!-- output of: COMMAND -->`` before a fenced block has it filled in."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

SHOWN: Final = re.compile(r"(?ms)^(<!-- output of: (?P<command>[^\n]+) -->\n\n?```\w*\n)(?P<text>.*?)^```$")
WIDTH: Final = "100"
"""Columns: what a page shows without scrolling."""
SECONDS: Final = 60
ANSWERS: Final = frozenset({0, 1, 141})
"""Exit statuses of a command that did its work: nothing found, something found, cut off by ``head``."""


def with_outputs(page: str, folder: Path) -> str:
    """Give *page* with each shown output as it is now.

    Args:
        page: Markdown.
        folder: where the commands are run; captures are named from there.
    """
    return SHOWN.sub(lambda found: f"{found[1]}{output(found['command'], folder)}```", page)


def output(command: str, folder: Path) -> str:
    """Run a command line as a reader would, without colour and in a window of fixed width.

    Raises: RuntimeError if it fails.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode not in ANSWERS:
        raise RuntimeError(f"{command}: exit status {done.returncode}: {done.stderr.strip()}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
