"""Sightings that are the same conversation."""

from dataclasses import dataclass

from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome, Sighting
from wiretruth.model.smtp import Dialogue


@dataclass(frozen=True, slots=True)
class Connection:
    """One conversation: its sightings in the order in which its first packet passed them, client's side first.

    Sightings are tied by what translation cannot change (initial sequence numbers), never by address.
    """

    id: str
    """Derived from content: the same input gives the same id."""
    sightings: tuple[Sighting, ...]
    dialogue: Dialogue | None = None
    """As seen by the sighting nearest the client that could read it."""

    @property
    def nearest(self) -> Sighting:
        """The sighting nearest the client: what the client's side calls this connection."""
        return self.sightings[0]

    @property
    def client(self) -> Endpoint:
        """The client as the nearest sighting names it."""
        return self.nearest.client

    @property
    def server(self) -> Endpoint:
        """The server as addressed at the nearest sighting."""
        return self.nearest.server

    @property
    def contacted(self) -> Endpoint:
        """The server as addressed at the sighting farthest from the client: who was really contacted, as far as seen."""
        return self.sightings[-1].server

    @property
    def outcome(self) -> Outcome:
        """How the connection fared for its client."""
        return self.nearest.outcome

    @property
    def at(self) -> int:
        """When the nearest sighting saw its first packet."""
        return self.nearest.opened.at


@dataclass(frozen=True, slots=True)
class TiedLookup:
    """One lookup with the other sightings of it (a query forwarded through the capturing host is seen twice)."""

    id: str
    sightings: tuple[Lookup, ...]

    @property
    def nearest(self) -> Lookup:
        """The sighting of the client's side: the earliest."""
        return self.sightings[0]
