"""What a mail log claims, line by line, and what became of each claim when it was held against the wire.

All text is printable: octets that a terminal or a page could mistake for something else are escaped where it is read.
"""

import enum
from dataclasses import dataclass, field
from typing import NamedTuple

from wiretruth.model.connection import Connection
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Reply


class LogTime(NamedTuple):
    """When a line says that it was written."""

    written: str
    """As it stands there."""
    at: int
    """Nanoseconds since the Unix epoch; where the line names no time zone, as if its clock showed UTC."""
    zoned: bool
    """The line, its format or the user says which time zone it is."""
    grain: int
    """Nanoseconds: the line may have been written this much later than it says (RFC 3164 has whole seconds)."""


class LogLine(NamedTuple):
    """One line and where to look it up."""

    source: str
    """Label of the log."""
    number: int
    """Counts from 1 within the log."""
    time: LogTime
    host: str
    """Who wrote it, as the log names the host; ``""`` where it does not."""
    program: str
    """The mail software: ``Postfix``, ``Exim`` …"""
    text: str
    """The line without its time, cut where it is long."""


class Status(enum.StrEnum):
    """What a line says became of a recipient."""

    SENT = "sent"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    TRIED = "tried"
    """The line speaks of one attempt, and does not say what became of the recipient."""


class Ending(enum.StrEnum):
    """What a line says ended an attempt, where that was not a reply."""

    REFUSED = "refused"
    """The connection was refused."""
    TIMED_OUT = "timed out"
    """Nobody answered the attempt to connect."""
    UNREACHABLE = "unreachable"
    """The network or the host said that there is no way, or that it is prohibited."""
    LOST = "lost"
    """The connection was lost after it had been established."""
    SILENT = "silent"
    """The connection was established, the line says, and then the server said nothing."""


@dataclass(frozen=True, slots=True)
class LoggedDelivery:
    """One attempt to deliver, as the sending software tells it."""

    line: LogLine
    queue_id: str
    """``""`` where the line names none."""
    status: Status
    sender: str | None = None
    recipient: str | None = None
    relay: str | None = None
    """Name of the next host."""
    address: str | None = None
    """Canonical address of the next host; ``None`` where the line names none."""
    port: int | None = None
    local: Endpoint | None = None
    """The sender's own end of the connection."""
    dsn: str | None = None
    """RFC 3463 status."""
    reply: str | None = None
    """What the server said, as the line quotes it."""
    ending: Ending | None = None
    took: int | None = None
    """Nanoseconds that the attempts of this delivery took until the line was written."""
    remembers: bool = False
    """The software may repeat an earlier attempt's failure without trying again."""


@dataclass(frozen=True, slots=True)
class LoggedClient:
    """Somebody who connected, as the receiving software tells it."""

    line: LogLine
    address: str
    """Canonical address."""
    name: str | None = None
    port: int | None = None
    queue_id: str = ""
    helo: str | None = None
    sender: str | None = None
    recipient: str | None = None
    reply: str | None = None
    """How the software refused."""


Claim = LoggedDelivery | LoggedClient


@dataclass(slots=True)
class ReadLog:
    """One log, read."""

    label: str
    path: str
    """As the user named it."""
    programs: tuple[str, ...] = ()
    """The mail software whose lines are in it."""
    lines: int = 0
    unknown: int = 0
    """Lines of no format that wiretruth reads."""
    outside: int = 0
    """Lines of mail software that, whatever their time zone, are of another time than the captures."""
    dropped: int = 0
    """Claims given up because there were too many."""
    given_up: int = 0
    """Messages forgotten before their last line came."""
    claims: list[Claim] = field(default_factory=list)
    """In the order of their lines."""
    spans: dict[str, tuple[LogTime, LogTime]] = field(default_factory=dict)
    """Earliest and latest line of mail software, by the host that wrote it."""


class Verdict(enum.StrEnum):
    """What the wire says of a line (values are public: the JSON report)."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    UNPROVABLE = "unprovable"


class Reason(enum.StrEnum):
    """Why a line cannot be proven (values are public: the JSON report)."""

    OUTSIDE = "outside the time of the capture"
    NO_ZONE = "its time zone is not known"
    NO_CAPTURE = "no capture of that host"
    ON_HOST = "it never left the host"
    NO_ADDRESS = "it names no address"
    ENCRYPTED = "encrypted"
    UNREADABLE = "what was said is not in the capture"
    LOSS = "loss"
    REMEMBERED = "it may repeat an earlier attempt's failure"
    NOT_SEEN = "no packet of it was seen"
    OTHER_SIDE = "seen from the other side, where addresses may be translated"
    UNTOLD = "packets and line can be tied to each other in more than one way"


class Difference(enum.StrEnum):
    """What a line says otherwise than the wire."""

    ADDRESS = "address"
    PORT = "port"
    OUTCOME = "outcome"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One claim, held against the wire."""

    at: int
    """When the line was written, by the clock of the capture; nanoseconds since the Unix epoch."""
    claim: Claim
    verdict: Verdict
    reason: Reason | None = None
    """For ``UNPROVABLE``."""
    connection: Connection | None = None
    """What the line is tied to."""
    tied_by: tuple[str, ...] = ()
    """What ties them, in words: ``recipient``, ``reply text`` …"""
    differs: Difference | None = None
    """For ``CONTRADICTED``."""
    reply: Reply | None = None
    """What the server said on the wire, where that ties them."""
    certain: bool = True
    """The tie rests on what was said; otherwise on circumstances that leave no rival."""
    doubts: tuple[str, ...] = ()
    """Innocent explanations that remain."""
    in_view: bool = False
    """Other mail of the host that wrote the line was seen at that time."""


@dataclass(frozen=True, slots=True)
class LogClock:
    """How the clock of one log stands to that of the capture."""

    zone: int | None
    """Seconds east of UTC that lines without a zone were read with; ``None`` where nothing tells it."""
    assumed: bool
    """Nothing in both log and capture tells the zone: UTC was assumed."""
    offset: int | None
    """Nanoseconds that the log is ahead of the capture; ``None`` where no event in both tells it."""
    grain: int
    """Nanoseconds: no finer can it be told, as the log writes its times."""
    events: int
    """Events that tell it."""


@dataclass(frozen=True, slots=True)
class LogSummary:
    """One log, as it was read and judged."""

    label: str
    path: str
    programs: tuple[str, ...]
    lines: int
    unknown: int
    """Lines of no format that wiretruth reads."""
    outside: int
    """Lines of mail software that are of another time than the captures: what they claim was not looked at."""
    claims: int
    """Claims about connections, in the lines of the captures' time and around it."""
    verdicts: tuple[tuple[Verdict, int], ...]
    reasons: tuple[tuple[Reason, int], ...]
    clocks: tuple[tuple[str, LogClock], ...]
    """By the host that wrote the lines."""
    first: int | None
    """Of the lines that can be placed in time, by the clock of the log."""
    last: int | None
