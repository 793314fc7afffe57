"""Frame numbers as a person reads them, and the command that shows those frames."""

import shlex
from collections.abc import Iterable, Iterator
from typing import Final

from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.reports._places import Places
from wiretruth.reports._text.page import Line, line, text
from wiretruth.reports._text.style import QUIET
from wiretruth.reports._words import count, harmless

MOST_RANGES: Final = 40
"""Ranges of frame numbers in one tshark command: what still fits a few lines of a terminal."""

_LIVE: Final = "live"
"""The format of packets that were watched as they passed: no file holds them."""


def frames_words(frames: Iterable[int], most: int | None = None) -> str:
    """Say frames, neighbours joined: ``frame 8``, ``frames 3-5, 12``; at most *most* ranges, then an ellipsis."""
    ranges = list(_ranges(frames))
    shown = [f"{first}" if first == last else f"{first}-{last}" for first, last in ranges[:most]]
    plural = "s" if len(ranges) > 1 or any(first != last for first, last in ranges) else ""
    return f"frame{plural} {', '.join(shown)}" + (" ..." if len(shown) < len(ranges) else "")


def tshark_hints(report: Report, findings: Iterable[Finding]) -> Iterator[Line]:
    """Give, for each capture that *findings* rest on, the tshark command that shows the frames."""
    commands = list(tshark_commands(report, findings))
    if commands:
        yield line("")
        yield line(("These frames in tshark (in Wireshark: what stands behind -Y):", QUIET))
    for command, more in commands:
        yield Line(text(f"  {command}"), wrapped=False)
        if more > 0:
            yield line((f"  (and {count(more, 'more range')} of frames)", QUIET))


def tshark_commands(report: Report, findings: Iterable[Finding]) -> Iterator[tuple[str, int]]:
    """Give the commands, each with the number of ranges of frames that it leaves out."""
    places = Places(report.inputs)
    nowhere = {"-", *(source.path for source in report.inputs if source.format == _LIVE)}
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        for evidence in finding.evidence:
            for path, frames in places.files(evidence.vantage, evidence.frames).items():
                if path not in nowhere and frames:
                    wanted.setdefault(path, set()).update(frames)
    for path, chosen_frames in wanted.items():
        ranges = [f"{first}" if first == last else f"{first}..{last}" for first, last in _ranges(chosen_frames)]
        chosen = ", ".join(ranges[:MOST_RANGES])
        yield f"tshark -r {_quoted(path)} -Y 'frame.number in {{{chosen}}}'", len(ranges) - MOST_RANGES


def _quoted(path: str) -> str:
    """Quote a path for a shell; one that no terminal should see raw in the $'...' that bash and zsh read."""
    if path.isprintable():
        return shlex.quote(path)
    return "$'" + harmless(path.replace("\\", "\\\\").replace("'", "\\'")) + "'"


def _ranges(frames: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = end = None
    for frame in sorted(set(frames)):
        if start is None or end is None:
            start = end = frame
        elif frame == end + 1:
            end = frame
        else:
            yield start, end
            start = end = frame
    if start is not None and end is not None:
        yield start, end
