"""From one vantage to the next: what should have been seen there."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import Connection
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.statements import Contact

ARRIVAL: Final = NANOSECONDS // 10
"""What passed one vantage is at the next within this time, or stands in a queue: a capture that ends sooner may lack it."""

_LOOKED_AT: Final = 64
"""Contacts with the same first sequence number looked at: more share one only where somebody made it so."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A packet that one vantage saw and the next one missed."""

    what: str
    """``SYN``, ``SYN-ACK``, ``data``, ``FIN``, ``query`` or ``answer``."""
    seen: str
    """The last vantage that saw it."""
    missed: str
    """The first that did not."""
    sendings: tuple[Mark, ...]
    """When and where it was seen, each sending, by the clock of the vantage that saw it."""
    from_client: bool = True

    @property
    def frames(self) -> tuple[int, ...]:
        """Where it was seen."""
        return tuple(mark.frame for mark in self.sendings)

    def watched(self, ledger: Ledger) -> int:
        """Count the sendings that came while the other vantage was watching, for sure."""
        return sum(watching(ledger, self.missed, self.seen, mark.at, ARRIVAL) for mark in self.sendings)

    def doubts(self, ledger: Ledger) -> list[str]:
        """Give what else may explain that it was missed."""
        doubts = []
        watched = self.watched(ledger)
        if not watched:
            doubts.append(f"the capture at {self.missed} may have ended before: it shows nothing later")
        if ledger.visibility.loss_explains(self.missed, watched):
            loss = ledger.visibility.loss(self.missed)
            doubts.append(f"the capture at {self.missed} lost it ({loss:.1%} loss)")
        return doubts


def watching(ledger: Ledger, vantage: str, other: str, at: int, until: int = 0) -> bool:
    """Tell whether *vantage* is known to have been watching at a moment that the clock of *other* gave, and *until* ns later."""
    moment = ledger.clocks.between(other, vantage, at)
    return ledger.visibility.watched_from(vantage) <= moment and moment + until <= ledger.visibility.watched_until(
        vantage
    )


def next_vantage(ledger: Ledger, vantage: str, ends: tuple[str, str], at: int) -> str | None:
    """Give the vantage that packets between these *ends* (client, server) reach next, if it was watching at *at*."""
    ahead = ledger.paths.ahead(vantage, *ends)
    return next((far for far in ahead if watching(ledger, far, vantage, at)), None)


def seen_after_all(ledger: Ledger, connection: Connection, vantage: str) -> bool:
    """Tell whether *vantage* saw the connection too: sightings beyond those that are tied form a contact of their own."""
    number = connection.nearest.client_isn
    alike = ledger.contacts.alike(_first_number, number) if number is not None else ()
    return any(s.vantage == vantage for c in islice(alike, _LOOKED_AT) for s in c.connection.sightings)


def _first_number(contact: Contact) -> int | None:
    return contact.connection.nearest.client_isn
