"""What the user thinks in: the mail of one client for one recipient domain."""

import enum
from typing import NamedTuple

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Blame
from wiretruth.model.log import JudgedLine
from wiretruth.model.smtp import Reply, Step


class DeliveryOutcome(enum.StrEnum):
    """How a delivery ended, by the last word of a server on each recipient (values are public: the JSON report)."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    """Nobody's last word was seen."""


class ExpectedHost(NamedTuple):
    """A host that an RFC 5321 §5 sender should try, in its place."""

    preference: int | None
    """MX preference; ``None`` for the implicit MX."""
    name: str
    addresses: tuple[str, ...]
    """Told to this client before or during the delivery; empty where they were not seen."""


class Attempt(NamedTuple):
    """One connection of a delivery, and how far it came."""

    at: int
    connection: Connection
    step: Step
    """The last step reached."""
    reply: Reply | None
    """The last word of the server that concerns this delivery: of several, that of the gravest outcome."""
    outcome: DeliveryOutcome = DeliveryOutcome.UNKNOWN
    """Of this attempt alone: the gravest of its last words on the recipients."""
    queue_id: str | None = None
    """Under which the server keeps what it accepted, where its reply says so."""

    @property
    def took(self) -> int:
        """Nanoseconds from the first packet of the connection to its last: what the attempt cost."""
        return self.connection.nearest.last.at - self.at


class DeliveryFault(NamedTuple):
    """Why a delivery failed or came late, and what becomes of it."""

    blame: Blame
    sentence: str
    """Plain, without a full stop."""
    code: str | None = None
    """The finding that says so; ``None`` where the delivery itself does."""
    decided_by: tuple[str, ...] = ()
    """Where more than one side remains possible: the captures, or logs, that would decide."""


class Delivery(NamedTuple):
    """The lookups, the hosts expected, the attempts and the end of one client's mail for one domain."""

    client: str
    domain: str
    """Recipient domain, compared form; where no envelope was seen, the domain that was looked up just before."""
    recipients: tuple[str, ...]
    """In the order first seen; empty where no envelope was readable."""
    lookups: tuple[TiedLookup, ...]
    expected: tuple[ExpectedHost, ...]
    attempts: tuple[Attempt, ...]
    outcome: DeliveryOutcome
    reply: Reply | None
    """The last word."""
    inbound: bool = False
    """The client is the stranger: mail came to a server of ours, which decided."""
    log: tuple[JudgedLine, ...] = ()
    """Lines of mail logs that are tied to the attempts, in time order."""
    queue_id: str | None = None
    """Of the last acceptance."""
    deciding: tuple[TiedLookup, ...] = ()
    """Inbound: what the server that took the call looked up while it was deciding, in time order."""
    fault: DeliveryFault | None = None
    """Of a delivery that failed, came late, or whose end is not known."""
