"""Sightings that are the same conversation."""

import hashlib
from typing import NamedTuple

from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome, Sighting
from wiretruth.model.smtp import Dialogue


class Connection(NamedTuple):
    """One conversation: its sightings in the order in which its first packet passed them, client's side first.

    Sightings are tied by what translation cannot change (initial sequence numbers), never by address.
    """

    sightings: tuple[Sighting, ...]
    dialogue: Dialogue | None = None
    """As seen by the sighting nearest the client that could read it."""
    elsewhere: tuple[Dialogue, ...] = ()
    """The same dialogue as the sightings farther from the client read it, in the order of the path."""

    @property
    def id(self) -> str:
        """Derived from content: the same input gives the same id. Reckoned anew each time, as few ask for it."""
        nearest = self.nearest
        return _content_id(
            (nearest.vantage, str(nearest.client), str(nearest.server), nearest.client_isn, nearest.opened)
        )

    @property
    def nearest(self) -> Sighting:
        """The sighting nearest the client: what the client's side calls this connection."""
        return self.sightings[0]

    @property
    def client(self) -> Endpoint:
        """The client as the nearest sighting names it."""
        return self.sightings[0].client

    @property
    def server(self) -> Endpoint:
        """The server as addressed at the nearest sighting."""
        return self.sightings[0].server

    @property
    def contacted(self) -> Endpoint:
        """The server as addressed at the sighting farthest from the client: who was really contacted, as far as seen."""
        return self.sightings[-1].server

    @property
    def outcome(self) -> Outcome:
        """How the connection fared for its client."""
        return self.sightings[0].outcome

    @property
    def at(self) -> int:
        """When the nearest sighting saw its first packet."""
        return self.sightings[0].opened.at


class TiedLookup(NamedTuple):
    """One lookup with the other sightings of it (a query forwarded through the capturing host is seen twice)."""

    sightings: tuple[Lookup, ...]

    @property
    def id(self) -> str:
        """Derived from content: the same input gives the same id. Reckoned anew each time, as few ask for it."""
        first = self.nearest
        ends = (str(first.client), str(first.resolver), first.transport)
        return _content_id((first.vantage, *ends, first.id, first.question, first.at, first.frames))

    @property
    def nearest(self) -> Lookup:
        """The sighting of the client's side: the earliest."""
        return self.sightings[0]


def _content_id(identity: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
