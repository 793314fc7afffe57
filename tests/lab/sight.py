"""What the packets themselves must show, whatever any tool makes of them: a scenario that did not happen is no truth."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sight:
    """A capture, and a pcap filter that some packet of it matches, or none."""

    capture: str
    filter: str
    shown: bool


def shows(capture: str, *filters: str) -> tuple[Sight, ...]:
    return tuple(Sight(capture, one, shown=True) for one in filters)


def lacks(capture: str, *filters: str) -> tuple[Sight, ...]:
    return tuple(Sight(capture, one, shown=False) for one in filters)


def unseen(folder: Path, sights: Iterable[Sight]) -> list[str]:
    """Which of *sights* the captures in *folder* do not bear out; tcpdump is asked."""
    return [
        f"{one.capture} {'shows no' if one.shown else 'shows'} {one.filter!r}"
        for one in sights
        if found(folder / one.capture, one.filter) is not one.shown
    ]


def found(capture: Path, words: str) -> bool:
    command = ("tcpdump", "-n", "-c", "1", "-r", str(capture), words)
    return bool(subprocess.run(command, capture_output=True, check=True).stdout)
