"""How far the reading is: a bar on standard error, only for a person who waits."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE: Final = 0.5
"""Seconds of work before a bar appears."""
PAUSE: Final = 0.1
"""Seconds between two movements of the bar."""


class Progress:
    """Follows the octets read, input by input."""

    def __init__(self, *, wanted: bool) -> None:
        """Begin to count time; nothing is ever shown where it is not *wanted*."""
        self._wanted = wanted
        self._due = time.monotonic() + PATIENCE
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._what: tuple[str, int | None] = ("", None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, label: str, total: int | None) -> None:
        """Turn to the next input; *total*: its octets, ``None`` where nobody knows."""
        self._what = (label, total)
        if self._bar is not None and self._task is not None:
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(label, total=total)

    def at(self, octets: int) -> None:
        """Note how far the input at hand is read."""
        if not self._wanted or time.monotonic() < self._due:
            return
        self._due = time.monotonic() + PAUSE
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
            label, total = self._what
            self._task = self._bar.add_task(label, total=total)
        if self._task is not None:
            self._bar.update(self._task, completed=octets)


def _bar() -> "Bar":
    from rich import progress  # noqa: PLC0415 - heavy, and most runs are over before anybody waits
    from rich.console import Console  # noqa: PLC0415 - as above

    return progress.Progress(
        progress.SpinnerColumn("line"),
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.DownloadColumn(),
        console=Console(stderr=True),
        transient=True,
    )
