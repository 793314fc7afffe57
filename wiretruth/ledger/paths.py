"""Which vantages lie behind which, as conversations seen at several of them show."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from wiretruth.model.connection import Connection, TiedLookup

MAX_PATHS = 200_000
"""Pairs of vantage and address remembered: more hosts than a gateway forwards for."""

_FROM, _TO = "from", "to"


class Paths:
    """From a vantage to those that packets of one host, or to one host, pass next."""

    def __init__(self) -> None:
        self._ahead: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)

    def __bool__(self) -> bool:
        """Tell whether any way from one vantage to another is known."""
        return bool(self._ahead)

    def add_connection(self, connection: Connection) -> None:
        """Learn from a connection: its sightings stand in the order of the client's packets."""
        if len(connection.sightings) > 1:
            self._learn([(s.vantage, s.client.address, s.server.address) for s in connection.sightings])

    def add_lookup(self, lookup: TiedLookup) -> None:
        """Learn from a lookup: its sightings stand in the order of time."""
        if len(lookup.sightings) > 1:
            self._learn([(x.vantage, x.client.address, x.resolver.address) for x in lookup.sightings])

    def ahead(self, vantage: str, client: str, server: str) -> Iterator[str]:
        """Give the vantages where packets that *client* sent, or that were sent to *server*, were seen after *vantage*."""
        if not self._ahead:
            return iter(())
        found = dict(self._ahead.get((vantage, _FROM, client), {}))
        found.update(self._ahead.get((vantage, _TO, server), {}))
        return iter(found)

    def _learn(self, places: list[tuple[str, str, str]]) -> None:
        for (near, client, server), (far, _, _) in combinations(places, 2):
            for key in ((near, _FROM, client), (near, _TO, server)) if near != far else ():
                if len(self._ahead) < MAX_PATHS or key in self._ahead:
                    self._ahead[key][far] = None
