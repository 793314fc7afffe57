"""What ``wiretruth collect`` says at its end: what is there, what is not and why, and what to do next."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from wiretruth.reports._words import harmless
from wiretruth.sources.collection import Entry

LONGEST_REASON: Final = 160
"""Characters shown of why something is missing; the manifest has all of them."""

LONGEST_SOURCE: Final = 60
"""Characters shown of a command: tcpdump's filter is long, and the manifest has it."""


def told(folder: Path, entries: Sequence[Entry], *, root: bool) -> Iterator[str]:
    """Give the lines.

    Args:
        folder: where everything is.
        entries: what came of each item; the same one before and after the capture is told once.
        root: nothing was refused for want of rights.
    """
    gathered = [entry for entry in entries if entry.gathered]
    octets = sum(entry.octets for entry in entries)
    yield f"{harmless(str(folder))}: {len(gathered)} of {len(entries)} items gathered, {octets} octets"
    for source, reason in {entry.source: entry.error for entry in entries if not entry.gathered}.items():
        yield f"  not gathered: {harmless(source[:LONGEST_SOURCE])}: {harmless(_short(reason))}"
    if not root:
        yield "rules, connection tracking, foreign sockets and captures need root: run it as root to have them"
    if any(entry.option == "capture" and entry.gathered for entry in entries):
        yield f"next: wiretruth read {harmless(str(folder))}"
    else:
        yield f"next: wiretruth read CAPTURE {harmless(str(folder))}, with a capture of the same time"


def _short(reason: str) -> str:
    """Give the last two lines: some programs say what, and then why."""
    return " ".join(reason.splitlines()[-2:])[:LONGEST_REASON] or "it failed and did not say why"
