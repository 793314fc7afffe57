"""Names that tcpdump and dumpcap give to the files of one capture, and whether one of them continues another.

Source: tcpdump(1), ``-C``, ``-G`` and ``-W``; dumpcap(1), ``-b``.
"""

import os
import re
from calendar import timegm
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final, NamedTuple

from wiretruth.model.frames import NANOSECONDS

LATE: Final = 10
"""Seconds that the first packet of a file may come after its name: the first one opened it."""

EARLY: Final = 3
"""Seconds that a packet may be older than the file that it opens."""

QUARTER: Final = 900
"""Seconds: the difference between a local time and UTC is a multiple of it."""

FARTHEST: Final = 14 * 3600
"""Seconds that a local time is ahead of UTC at most, and behind."""

_COMPRESSED: Final = re.compile(r"\.(?:gz|zst|xz|lz4|bz2)\Z")
_COUNTED: Final = re.compile(r"(\.(?:pcap|pcapng|cap|dump|dmp))([0-9]{1,6})\Z")
"""``-C``: the number stands behind the whole name. Without an ending before it, it may be part of a name: ``eth0``."""
_RING: Final = re.compile(r"_([0-9]{5,10})_([0-9]{14})(?=\.[a-z]+\Z)")
_DAY: Final = r"(?P<year>(?:19|20)[0-9]{2})(?P<dash>[-_.]?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"
_TIME: Final = r"(?P<hour>[0-9]{2})(?:(?P<colon>[-_.:]?)(?P<minute>[0-9]{2})(?:(?P=colon)(?P<second>[0-9]{2}))?)?"
_STAMP: Final = re.compile(rf"(?<![0-9]){_DAY}(?:[-_.:T ]?{_TIME})?(?![0-9])")
_EPOCH: Final = re.compile(r"(?<![0-9])1[0-9]{9}(?![0-9])")


class Stamp(NamedTuple):
    """A time in a file's name, written by strftime."""

    seconds: int
    """Since the Unix epoch, were it UTC."""
    resolution: int
    """Seconds that it leaves open."""


class RotatedName(NamedTuple):
    """A path without what tells it from the other files of one capture."""

    template: str
    """With ``*`` where the stamp and the number stood; the same for all files of one capture."""
    stamp: Stamp | None
    number: int | None
    """``None`` for the first file of ``-C`` without ``-W``, and where files are not counted."""


class Dated(NamedTuple):
    """A file of a rotation, with the time of its first frame in nanoseconds since the Unix epoch."""

    name: RotatedName
    first: int


def rotated_name(path: str) -> RotatedName:
    """Take a path apart; one that no rotation made is its own template."""
    folder, name = os.path.split(path)
    name = _COMPRESSED.sub("", name)
    number, stamp = None, None
    if ring := _RING.search(name):
        number = int(ring[1])
        name = f"{name[: ring.start()]}_*{name[ring.end() :]}"
    else:
        if counted := _COUNTED.search(name):
            number = int(counted[2])
            name = name[: counted.start(2)]
        found = _STAMP.search(name) or _EPOCH.search(name)
        stamp = _stamp(found) if found else None
        if found and stamp:
            name = f"{name[: found.start()]}*{name[found.end() :]}"
    return RotatedName(os.path.join(folder, name), stamp, number)  # noqa: PTH118 - the path is kept as typed


def stamps_hold(files: Sequence[Dated]) -> bool:
    """Tell whether stamps are those of tcpdump ``-G``: a file is opened, and named, when its first packet comes.

    All stamps are of one time zone. Only the first file waited for its packet.

    Args:
        files: in the order of their first frames; either all have a stamp or none has.
    """
    early = [d.first // NANOSECONDS - d.name.stamp.seconds for d in files if d.name.stamp and not d.name.number]
    if not early:
        return True
    resolution = next(d.name.stamp.resolution for d in files if d.name.stamp)
    zones = range(-FARTHEST, FARTHEST + 1, QUARTER)
    return any(
        early[0] - zone >= -EARLY and all(-EARLY <= one - zone < resolution + LATE for one in early[1:])
        for zone in zones
    )


def continues(files: Sequence[Dated], empty: Collection[RotatedName] = ()) -> list[bool | None]:
    """Tell of each file but the first whether it goes on where the one before it ended; ``None`` where names cannot tell.

    Args:
        files: of one template, in the order of their first frames.
        empty: names of files without a frame: nothing is missing where they stand.
    """
    period = _period(files)
    full = {dated.name for dated in files}
    return [
        _counts_on(before.name, after.name, full, set(empty))
        if before.name.stamp == after.name.stamp
        else _ticks_on(before.name, after.name, period)
        for before, after in pairwise(files)
    ]


def _counts_on(
    before: RotatedName, after: RotatedName, full: AbstractSet[RotatedName], empty: AbstractSet[RotatedName]
) -> bool:
    """Tell whether numbers follow each other, or the last of a whole ring is followed by its first."""
    last, this = before.number or 0, after.number or 0
    skipped = {name.number or 0 for name in empty if name.stamp == before.stamp}
    if last == this:
        return False
    if last < this:
        return skipped.issuperset(range(last + 1, this))
    taken = skipped | {name.number or 0 for name in full if name.stamp == before.stamp}
    ring = range(max(taken) + 1)
    return taken.issuperset(ring) and skipped.issuperset((*ring[last + 1 :], *ring[:this]))


def _ticks_on(before: RotatedName, after: RotatedName, period: int) -> bool | None:
    """Tell whether no file of ``-G`` can be missing between two; with ``-C`` beside it, nobody knows how many there were."""
    if before.stamp is None or after.stamp is None or before.number is not None or after.number is not None:
        return None
    return 0 < after.stamp.seconds - before.stamp.seconds < 2 * period or None


def _period(files: Sequence[Dated]) -> int:
    """Give the seconds between two files of ``-G``; 0 where two files alone cannot tell."""
    moments = sorted({d.name.stamp.seconds for d in files if d.name.stamp})
    steps = [after - before for before, after in pairwise(moments)]
    return min(steps) if len(steps) > 1 else 0


def _stamp(found: re.Match[str]) -> Stamp | None:
    """Read a stamp; ``None`` where the digits are no time."""
    groups = found.groupdict()
    if not groups:
        return Stamp(int(found[0]), 1)
    year, month, day, hour, minute, second = (
        int(groups[part]) if groups[part] else None for part in ("year", "month", "day", "hour", "minute", "second")
    )
    if not (1 <= (month or 0) <= 12 and 1 <= (day or 0) <= 31):  # noqa: PLR2004 - months and days
        return None
    if (hour or 0) > 23 or (minute or 0) > 59 or (second or 0) > 60:  # noqa: PLR2004 - hours, minutes, seconds
        return None
    resolution = 1 if second is not None else 60 if minute is not None else 3600 if hour is not None else 86400
    return Stamp(timegm((year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0)), resolution)
