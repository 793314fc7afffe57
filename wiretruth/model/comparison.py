"""What was answered, held against what was contacted, or against what is answered now: as a diff shows it."""

import enum
from typing import NamedTuple

from wiretruth.model.finding import Severity


class Mark(enum.StrEnum):
    """How an entry stands; the values are what begins its line."""

    BOTH = " "
    """On both sides, or on one of them for a reason that is nobody's fault."""
    BEFORE = "-"
    """Answered, and never contacted; captured, and not answered now."""
    AFTER = "+"
    """Contacted, and never answered; answered now, and not captured."""


class Entry(NamedTuple):
    """One address, or one record."""

    mark: Mark
    name: str
    """Host or domain; ``""`` where nobody gave the address a name."""
    data: str
    """Address, or record data with its type before it."""
    words: str
    """Who said so, when, how long it was good for, and what came of it; without a full stop."""
    severity: Severity | None = None
    """Of the difference: ``info`` where it has an innocent reason; ``None`` where there is none."""


class Hunk(NamedTuple):
    """What belongs to one client and one name."""

    client: str
    name: str
    """Recipient domain, compared form."""
    heading: str
    """What was answered for the name itself; ``""`` where the entries say it."""
    entries: tuple[Entry, ...]
    resolver: str = ""
    """Who was asked now; ``""`` where answers are held against the wire."""


class Comparison(NamedTuple):
    """Everything that was compared."""

    hunks: tuple[Hunk, ...]
    troubles: tuple[str, ...] = ()
    """What could not be asked, one sentence each."""
    passed_over: int = 0
    """Deliveries of mail that came in: their senders' lookups are made elsewhere."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of every hunk."""
        return tuple(entry for hunk in self.hunks for entry in hunk.entries)


class NowTold(NamedTuple):
    """What a resolver answers when it is asked today."""

    resolver: str
    name: str
    """Compared form."""
    type: str
    records: tuple[str, ...]
    """Presentation form, names in compared form; sorted."""
    ttl: int | None = None
    """Seconds; the shortest."""
    rcode: str = "NOERROR"
    trouble: str = ""
    """Why there is no answer; ``""`` where there is one."""
