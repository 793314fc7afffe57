"""The record of a connection."""

from wiretruth.model.connection import Connection
from wiretruth.model.sighting import Sighting
from wiretruth.reports._records.shape import Record, optional, when


def connection_record(connection: Connection) -> Record:
    """Give the connection as its sighting nearest the client shows it, with the place of every sighting."""
    nearest = connection.nearest
    client, server = nearest.from_client, nearest.from_server
    return {
        "id": connection.id,
        "client": str(nearest.client),
        "server": str(nearest.server),
        "opened": when(nearest.opened.at),
        "closed": optional(nearest.closed.at if nearest.closed else None),
        "outcome": connection.outcome.value,
        "client_octets": client.octets,
        "server_octets": server.octets,
        "retransmitted": client.retransmitted + server.retransmitted,
        "missing_octets": client.missing_octets + server.missing_octets,
        "sightings": [_sighting(s) for s in connection.sightings],
    }


def _sighting(sighting: Sighting) -> Record:
    return {
        "vantage": sighting.vantage,
        "client": str(sighting.client),
        "server": str(sighting.server),
        "outcome": sighting.outcome.value,
        "first_frame": sighting.opened.frame,
    }
