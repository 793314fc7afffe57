"""One line of a log, out of its envelope."""

from typing import NamedTuple, Protocol

from wiretruth.model.log import Claim, LogLine, LogTime

NO_TIME = LogTime("", 0, zoned=True, grain=0)
"""Of a line that says no time, or one that no calendar has."""


class Entry(NamedTuple):
    """What the envelope of a line says, and what it holds."""

    number: int
    """Of the line, from 1."""
    time: LogTime
    """:data:`NO_TIME` where the envelope has none (it may stand in the text)."""
    host: str
    """Who wrote it; ``""`` where the envelope does not say."""
    program: str
    """As the envelope names it (``postfix/smtp``); ``""`` where it does not say."""
    pid: str
    text: str
    """Printable."""


class LogFormat(Protocol):
    """One way in which mail software writes its log; a fresh one is made for each log.

    A module of this room that offers ``LOG``, a callable that makes one from the log's label, is a log format.
    """

    name: str
    """Of the software, as reports say it."""

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims about connections; ``None`` where the line is not of this format. Never raises."""
        ...  # pragma: no cover

    @property
    def given_up(self) -> int:
        """Messages forgotten before their last line came, because there were too many at a time."""
        ...  # pragma: no cover


MAX_QUOTE = 400
"""Characters of a line that a claim keeps: enough for every part that a postmaster looks for."""


def quoted(source: str, entry: Entry, name: str) -> LogLine:
    """Give the line as claims carry it; *name* is that of the software."""
    text = f"{entry.program}: {entry.text}" if entry.program else entry.text
    cut = text if len(text) <= MAX_QUOTE else text[:MAX_QUOTE] + " ..."
    return LogLine(source, entry.number, entry.time, entry.host, name, cut)
