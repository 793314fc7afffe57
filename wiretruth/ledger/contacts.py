"""Who contacted whom on the way of mail: contacts in time order, asked by client and by server."""

from collections import defaultdict
from collections.abc import Iterator

from wiretruth.ledger.names import is_loopback, within
from wiretruth.model.connection import Connection
from wiretruth.model.statements import Contact

SUBMISSION_PORTS = frozenset({465, 587})
"""Ports for submission (RFC 6409, RFC 8314): their server is configured by name, not found by MX."""

INITIAL_TTLS = (64, 128, 255)
"""Time to live that operating systems send with; what arrives below one of these came over so many hops."""


class Contacts:
    """Every contact of a run, once."""

    def __init__(self) -> None:
        self._by_client: dict[str, list[Contact]] = defaultdict(list)
        self._by_server: dict[str, list[Contact]] = defaultdict(list)

    def add(self, contact: Contact) -> None:
        """Remember one contact; they come in time order."""
        self._by_client[contact.connection.client.address].append(contact)
        self._by_server[contact.connection.server.address].append(contact)

    def by(self, client: str, start: int, end: int) -> Iterator[Contact]:
        """Give the contacts that *client* opened from *start* to *end*, both included."""
        return iter(within(self._by_client.get(client, []), start, end))

    def to(self, server: str, client: str | None = None) -> Iterator[Contact]:
        """Give the contacts with *server*, of one client or of all."""
        return (c for c in self._by_server.get(server, ()) if client in (None, c.connection.client.address))

    def inbound_to(self, server: str, start: int, end: int) -> Iterator[Contact]:
        """Give the contacts with *server*, or with a loopback address of its host, from *start* to *end*."""
        for address, contacts in self._by_server.items():
            if address == server or is_loopback(address):
                yield from within(contacts, start, end)

    def __iter__(self) -> Iterator[Contact]:
        for contacts in self._by_client.values():
            yield from contacts


def stays_on_host(connection: Connection) -> bool:
    """Tell whether both ends are the loopback address: local submission or a content filter, not a way to other hosts."""
    return all(is_loopback(s.client.address) and is_loopback(s.server.address) for s in connection.sightings)


def is_submission(connection: Connection) -> bool:
    """Tell whether a connection goes to a port that MX records never name."""
    return connection.server.port in SUBMISSION_PORTS


def hops_behind(ttl: int | None) -> int | None:
    """Give the hops that a packet had behind it, from the TTL it arrived with; ``None`` without a TTL."""
    if ttl is None:
        return None
    return min((initial - ttl for initial in INITIAL_TTLS if initial >= ttl), default=None)


def client_is_near(connection: Connection) -> bool | None:
    """Tell whether the vantage stands nearer the client than the server; ``None`` where the packets do not say."""
    sighting = connection.nearest
    client = hops_behind(sighting.syns[0].ttl if sighting.syns else sighting.from_client.ttl)
    server = hops_behind(sighting.syn_acks[0].ttl if sighting.syn_acks else sighting.from_server.ttl)
    if client is None:
        return None
    if server is None:
        return True if client == 0 else None
    return None if client == server else client < server
