"""What socket tables say: whose socket a connection belongs to, and where its application wanted to go."""

from collections import Counter
from typing import Final

from wiretruth.ledger.contacts import Contacts
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.ledger.visibility import COINCIDENCE
from wiretruth.model.packet import Endpoint
from wiretruth.model.socket import SocketOwner
from wiretruth.model.statements import Contact

MAX_SOCKETS = 200_000
"""Sockets remembered: more than a mail host has ports."""

EPHEMERAL_PORTS: Final = 28_232
"""Local ports that Linux chooses from (32768 to 60999): connections of one moment and of another share one by chance."""


class Sockets:
    """Connected TCP sockets of one or several hosts, by their local end."""

    def __init__(self, contacts: Contacts) -> None:
        """Begin empty; *contacts* tell which connections the wire shows."""
        self.given_up = 0
        """Sockets beyond the bound."""
        self._contacts = contacts
        self._by_local: dict[Endpoint, list[SocketOwner]] = {}
        self._of_host: Counter[str] = Counter()
        self._chance: dict[str, bool] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._count)

    def add(self, owner: SocketOwner) -> None:
        """Remember a connected socket; others are passed over."""
        if not owner.remote.port:
            return
        if self._count >= MAX_SOCKETS:
            self.given_up += 1
            return
        self._count += 1
        self._of_host[owner.local.address] += 1
        self._by_local.setdefault(owner.local, []).append(owner)

    def of(self, contact: Contact) -> SocketOwner | None:
        """Give the client's socket of a connection that the wire shows with the same ends."""
        client, server = contact.connection.client, contact.connection.server
        return next((o for o in self._by_local.get(client, ()) if o.remote == server), None)

    def meant_elsewhere(self, contact: Contact) -> SocketOwner | None:
        """Give the client's socket of a connection, where its remote end is another than the wire's.

        ``None`` where the table knows the wire's own pair of ends, or where the wire shows a connection to the socket's
        remote end as well: then these are two connections with the same local port.
        """
        client = contact.connection.client
        owners = self._by_local.get(client, [])
        if self.of(contact) is not None:
            return None
        return next((o for o in owners if not self._is_on_the_wire(client, o.remote)), None)

    def by_chance(self, contact: Contact) -> bool:
        """Tell, once all contacts are known, whether two connections of different moments may well have shared a local port.

        The table has no time: with so many sockets in it, and so many connections of this client on the wire, some pair
        shares a port more often than once in a hundred times.
        """
        client = contact.connection.client.address
        if client not in self._chance:
            contacts = sum(1 for _ in self._contacts.by(client, BEGINNING, END_OF_TIME))
            self._chance[client] = contacts * self._of_host[client] > COINCIDENCE * EPHEMERAL_PORTS
        return self._chance[client]

    def _is_on_the_wire(self, client: Endpoint, remote: Endpoint) -> bool:
        return any(
            (c.connection.client, c.connection.server) == (client, remote)
            for c in self._contacts.between(client.address, remote.address)
        )
