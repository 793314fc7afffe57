"""The record of a connection."""

from wiretruth.model.connection import Connection
from wiretruth.model.sighting import Sighting
from wiretruth.model.ties import tie
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
        "sightings": [_sighting(nearest), *(_tied(s, nearest) for s in connection.sightings[1:])],
    }


def _sighting(sighting: Sighting) -> Record:
    return {
        "vantage": sighting.vantage,
        "client": str(sighting.client),
        "server": str(sighting.server),
        "outcome": sighting.outcome.value,
        "first_frame": sighting.opened.frame,
    }


def _tied(sighting: Sighting, nearest: Sighting) -> Record:
    """Give a further sighting, with what it has in common with the first and how likely that is by chance."""
    tied = tie(nearest, sighting)
    return _sighting(sighting) | {"tied_by": list(tied.marks), "coincidence": tied.coincidence}
