"""The host that wrote a log, as the wire knows it: its addresses, where it is captured, how its clock stands."""

from collections import Counter
from dataclasses import dataclass, field

from wiretruth.ledger.visibility import Visibility
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, JudgedLine, LogClock, LogTime
from wiretruth.model.statements import Contact

SLACK = 2 * NANOSECONDS
"""What software takes between the end of an attempt and its line, beyond the grain of the line's time."""

LOOSE = 10 * NANOSECONDS
"""The same where nothing in both tells how the clock of the log stands to that of the capture."""


@dataclass(slots=True)
class LogHost:
    """One log's lines of one host."""

    source: str
    name: str
    """As the log names it; ``""`` where it does not."""
    clock: LogClock
    claims: list[Claim]
    span: tuple[LogTime, LogTime] | None
    """Earliest and latest line of mail software."""
    clients: Counter[str] = field(default_factory=Counter)
    """Addresses from which it sent mail that its lines tell of."""
    servers: Counter[str] = field(default_factory=Counter)
    """Addresses at which it took mail that its lines tell of."""
    vantages: dict[str, None] = field(default_factory=dict)
    """Where that mail was seen."""
    judged: list[JudgedLine] = field(default_factory=list)

    @property
    def slack(self) -> int:
        """Nanoseconds by which a line may be off."""
        return SLACK if self.clock.offset is not None else LOOSE

    def at(self, time: LogTime) -> int:
        """Give a time of the log by the clock of the capture, in nanoseconds since the Unix epoch."""
        zone = 0 if time.zoned else (self.clock.zone or 0) * NANOSECONDS
        return time.at - zone - (self.clock.offset or 0)

    def sent(self, contact: Contact) -> None:
        """Learn that a line of this host tells of a connection that it opened."""
        self.clients[contact.connection.client.address] += 1
        self._seen(contact)

    def took(self, contact: Contact) -> None:
        """Learn that a line of this host tells of a connection that it accepted."""
        self.servers[contact.connection.contacted.address] += 1
        self._seen(contact)

    def watched(self, visibility: Visibility, start: int, end: int) -> bool:
        """Tell whether a vantage at which this host's mail was seen was watching from *start* to *end*."""
        return any(watched(visibility, vantage, start, end) for vantage in self.vantages)

    def _seen(self, contact: Contact) -> None:
        for sighting in contact.connection.sightings:
            self.vantages[sighting.vantage] = None


def watched(visibility: Visibility, vantage: str, start: int, end: int) -> bool:
    """Tell whether a vantage was watching from *start* to *end*."""
    return visibility.watched_from(vantage) <= start and end <= visibility.watched_until(vantage)
