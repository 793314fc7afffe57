"""The way of a connection past the vantages: what a drawing of it needs."""

from typing import NamedTuple

from wiretruth.model.connection import Connection
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Sighting


class Stop(NamedTuple):
    """Vantages in a row that saw the connection under the same addresses and got equally far."""

    vantages: tuple[str, ...]
    client: Endpoint
    server: Endpoint
    answered: bool
    """Packets of the server were seen here."""
    client_changed: bool
    """The client has another address or port than at the stop before; at the first one always false."""
    server_changed: bool


class Route(NamedTuple):
    """One connection from its client to whom it reached, as far as it was seen."""

    stops: tuple[Stop, ...]
    """From the client's side on; at least one."""
    reply_source: Endpoint | None
    """Who answered instead of the server addressed at the last stop."""

    @property
    def client(self) -> Endpoint:
        """The client as the first stop names it."""
        return self.stops[0].client

    @property
    def contacted(self) -> Endpoint:
        """The server as addressed at the last stop."""
        return self.stops[-1].server

    @property
    def answered(self) -> bool:
        """Tell whether the last stop saw packets of the server."""
        return self.stops[-1].answered

    @property
    def answer_lost(self) -> int | None:
        """Give the stop at which the server's packets were seen last on their way back, where they did not get to the first."""
        if self.stops[0].answered:
            return None
        return next((place for place, stop in enumerate(self.stops) if stop.answered), None)

    @property
    def eventful(self) -> bool:
        """Tell whether anything on the way is worth a drawing: addresses that change, or packets that went no farther."""
        several = len(self.stops) > 1 or len(self.stops[0].vantages) > 1
        return len(self.stops) > 1 or self.reply_source is not None or (several and not self.answered)


def route(connection: Connection) -> Route:
    """Give the way of a connection."""
    stops: list[Stop] = []
    for sighting in connection.sightings:
        answered = _answered(sighting)
        before = stops[-1] if stops else None
        if before and (before.client, before.server, before.answered) == (sighting.client, sighting.server, answered):
            stops[-1] = before._replace(vantages=(*before.vantages, sighting.vantage))
            continue
        stops.append(
            Stop(
                (sighting.vantage,),
                sighting.client,
                sighting.server,
                answered,
                before is not None and before.client != sighting.client,
                before is not None and before.server != sighting.server,
            )
        )
    return Route(tuple(stops), connection.sightings[-1].reply_source)


def _answered(sighting: Sighting) -> bool:
    return sighting.syn_ack_count > 0 or sighting.from_server.packets > 0
