"""Where an input pauses: tables are swept at the same frames, in whatever pieces the frames come and in whichever lane."""

from collections.abc import Iterator

from wiretruth.model.frames import FrameBatch

FRAMES = 1 << 16
"""From one pause to the next: tables grow by no more than this beyond their limits."""


class Pace:
    """Cuts batches at the pauses, and keeps the time."""

    def __init__(self, frames: int = FRAMES) -> None:
        self._frames = frames
        self._times = (0, 0)
        """Of the last two frames."""

    def parts(self, batch: FrameBatch) -> Iterator[FrameBatch]:
        """Give a batch in parts; where one ends at a pause, :meth:`pauses` says so."""
        begin = 0
        while begin < len(batch):
            end = min(len(batch), begin + self._frames - (batch.first_number + begin - 1) % self._frames)
            part = batch if end - begin == len(batch) else batch.part(begin, end)
            self._times = (part.times[-2] if len(part) > 1 else self._times[1], part.times[-1])
            yield part
            begin = end

    def pauses(self, part: FrameBatch) -> bool:
        """Tell whether a pause follows a part."""
        return (part.first_number + len(part) - 1) % self._frames == 0

    @property
    def now(self) -> int:
        """The time; one frame from the next century is not believed before a second one confirms it."""
        return min(self._times)
