"""One line of a sender's log, and what ties it to a connection or speaks against it."""

from collections.abc import Hashable
from dataclasses import dataclass

from wiretruth.ledger.log_host import LogHost
from wiretruth.ledger.sayings import Saying, unique_words
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Ending, LoggedDelivery, Status
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Reply
from wiretruth.model.statements import Contact

REACH = 600 * NANOSECONDS
"""A line may come this long after the reply: software tells of all recipients when the message is through (RFC 5321
§4.5.3.2.6 lets the end of the data take ten minutes)."""

AT_ONCE = 30 * NANOSECONDS
"""Without a queue id in it, a reply is only held to be the one of a line when it is no older than this."""

PATIENCE = 330 * NANOSECONDS
"""RFC 5321 §4.5.3.2.1 waits five minutes for a connection; the line comes behind it."""

NEVER_OPEN = (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN)

ENDS = {
    Ending.REFUSED: (Outcome.REFUSED, Outcome.REJECTED),
    Ending.TIMED_OUT: (Outcome.UNANSWERED, Outcome.HALF_OPEN, Outcome.REJECTED),
    Ending.UNREACHABLE: (Outcome.REJECTED, Outcome.UNANSWERED),
    Ending.LOST: (Outcome.ESTABLISHED, Outcome.RESET, Outcome.MIDSTREAM),
    Ending.SILENT: (Outcome.ESTABLISHED, Outcome.RESET, Outcome.MIDSTREAM),
}
"""How a connection may have fared on the wire that ended for its application in such a way (ICMP port unreachable is told
as refused; a soft ICMP error lets the attempt time out)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line on its way to a verdict."""

    claim: LoggedDelivery
    host: LogHost
    at: int
    """When it was written, by the clock of the capture."""

    @property
    def latest(self) -> int:
        """The last moment at which what it tells of may have ended."""
        return self.at + self.claim.line.time.grain + self.host.slack

    @property
    def began(self) -> int:
        """The first moment at which what it tells of may have begun."""
        took = self.claim.took
        if took is None:
            took = PATIENCE if self.claim.ending in (Ending.TIMED_OUT, Ending.SILENT) else AT_ONCE
        return self.at - took - self.host.slack


def is_named(claim: LoggedDelivery, contact: Contact, *, port: bool = True) -> bool:
    """Tell whether a vantage saw the connection go to the host that the line names; logs that name no port say nothing of it."""
    return any(
        s.server.address == claim.address and (not port or claim.port in (None, s.server.port))
        for s in contact.connection.sightings
    )


def clients_of(contact: Contact) -> set[str]:
    """Give every address under which the client was seen."""
    return {s.client.address for s in contact.connection.sightings}


def was_under_way(contact: Contact, case: Case) -> bool:
    """Tell whether the connection was not over long before the line."""
    return contact.at <= case.latest and contact.connection.nearest.last.at >= case.began


def is_its_name(case: Case, contact: Contact) -> bool:
    """Tell whether the client called itself by the name that the log gives to the host that wrote it."""
    dialogue = contact.connection.dialogue
    helo = (dialogue.helo or "").lower() if dialogue else ""
    name = case.host.name.lower()
    return bool(name) and helo.partition(".")[0] == name.partition(".")[0] and name != "localhost"


def is_opposite(status: Status, reply: Reply) -> bool:
    """Tell whether a server said the opposite of what a line says became of the mail."""
    accepted = reply.code // 100 == 2  # noqa: PLR2004 - a digit of RFC 5321
    return accepted if status in (Status.DEFERRED, Status.BOUNCED) else not accepted and status is Status.SENT


def once(case: Case, saying: Saying) -> Hashable:
    """Give what a saying is in a log: each has one line there."""
    return (case.host.source, saying.contact.connection.nearest.serial, saying.mailbox, saying.at)


def ties_of(case: Case) -> tuple[str, ...]:
    """Say what ties a line to what was said on the wire."""
    unique = unique_words(case.claim.reply or "")
    return ("recipient", "queue id in the reply", "time") if unique else ("recipient", "reply text", "time")
