"""Where each packet of a scene stands on the page: a row each, and silences as long as they lasted."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._html.scene import Scene, Shot

ROW: Final = 32
LONGEST_SILENCE: Final = 120
"""Pixels that a silence takes at most; the others have their share of it."""
ALL_SILENCES: Final = 320
"""Pixels that all silences take at most."""
SILENCE: Final = NANOSECONDS // 2
"""From here on nothing said is a silence, and drawn to scale."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nothing was sent."""

    top: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A packet in its place."""

    y: float
    shot: Shot


@dataclass(frozen=True, slots=True)
class Staff:
    """All of a scene in its place."""

    rows: tuple[Row, ...]
    silences: tuple[Silence, ...]
    left_out: tuple[tuple[float, int], ...]
    """Where packets were passed over, and how many."""
    height: float


def staff(scene: Scene, top: float) -> Staff:
    """Place the packets of a scene, one below the other, from *top* on."""
    moments = [shot.speech.at for shot in scene.shots]
    gaps = [0, *(after - before for before, after in pairwise(moments))]
    trailing = scene.until - moments[-1]
    silent = [gap for gap in (*gaps, trailing) if gap >= SILENCE]
    scale = min(LONGEST_SILENCE / max(silent), ALL_SILENCES / sum(silent)) if silent else 0.0
    y = top + 8
    rows, silences, left_out = [], [], []
    for shot, gap in zip(scene.shots, gaps, strict=True):
        if shot.passed_over:
            left_out.append((y, shot.passed_over))
            y += ROW
        elif gap >= SILENCE:
            silences.append(_silence(y, gap, scale))
            y += silences[-1].height + 4
        y += ROW
        rows.append(Row(y - 10, shot))
    if trailing >= SILENCE:
        silences.append(_silence(y + 4, trailing, scale))
        y += silences[-1].height + 4
    return Staff(tuple(rows), tuple(silences), tuple(left_out), y + 12)


def _silence(top: float, gap: int, scale: float) -> Silence:
    return Silence(top, round(gap * scale, 1), f"{duration(gap)} of silence")
