"""Who contacted whom on the way of mail: contacts in time order, asked by client and by server."""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from wiretruth.ledger.history import BEGINNING, END_OF_TIME, Groups, Histories, Stretch, time_of, within
from wiretruth.ledger.hosts import Asker, Hosts, hops_behind, is_loopback
from wiretruth.model.connection import Connection
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Reply
from wiretruth.model.statements import Contact

SUBMISSION_PORTS = frozenset({465, 587})
"""Ports for submission (RFC 6409, RFC 8314): their server is configured by name, not found by MX."""


class Acceptance(NamedTuple):
    """A server took a message for one recipient."""

    at: int
    """When its transaction began."""
    reply: Reply
    vantage: str
    server: Endpoint


class Contacts:
    """Every contact of a run, once."""

    def __init__(self, hosts: Hosts | None = None) -> None:
        """Begin empty; *hosts* tells which loopback address is whose."""
        self._hosts = hosts or Hosts()
        self._all: list[Contact] = []
        self._groups = Groups(self._all)
        self._by_client: Histories[str, Contact] = Histories()
        self._by_server: Histories[str, Contact] = Histories()
        self._by_pair: Histories[tuple[str, str], Contact] = Histories()
        self._accepted: dict[tuple[str, str, str], list[Acceptance]] | None = None
        """By client, sender and mailbox; made when first asked for, as only mail that was refused is."""
        self._to_loopback: Histories[Asker, Contact] = Histories()

    @property
    def count(self) -> int:
        """How many contacts are known."""
        return len(self._all)

    def add(self, contact: Contact) -> None:
        """Remember one contact; they come in time order."""
        self._groups.forget()
        self._accepted = None
        self._hosts.meet(contact)
        nearest = contact.connection.nearest
        client, server = nearest.client.address, nearest.server.address
        self._all.append(contact)
        self._by_client.add(client, contact)
        self._by_server.add(server, contact)
        self._by_pair.add((client, server), contact)
        if is_loopback(server):
            self._to_loopback.add(self._hosts.asker(nearest.vantage, server), contact)

    def accepted(self, client: str, sender: str, mailbox: str, since: int) -> Acceptance | None:
        """Give the first acceptance of mail from *sender* to *mailbox* that *client* began at or after a moment."""
        if self._accepted is None:
            self._accepted = _acceptances(self._all)
        return next(iter(within(self._accepted.get((client, sender, mailbox), []), since)), None)

    def by(self, client: str, start: int, end: int) -> Iterator[Contact]:
        """Give the contacts that *client* opened from *start* to *end*, both included."""
        return iter(within(self._by_client.get(client), start, end))

    def to(self, server: str, client: str | None = None) -> Sequence[Contact]:
        """Give the contacts with *server*, of one client or of all, in time order."""
        if client is None:
            return within(self._by_server.get(server))
        return self.between(client, server)

    def first_between(self, client: str, server: str) -> Contact | None:
        """Give the first contact of *client* with *server*."""
        contacts = self._by_pair.get((client, server))
        return contacts[0] if contacts else None

    def between(self, client: str, server: str, start: int = BEGINNING, end: int = END_OF_TIME) -> Stretch[Contact]:
        """Give the contacts of *client* with *server* from *start* to *end*, both included."""
        return within(self._by_pair.get((client, server)), start, end)

    def reached_any(self, client: str, servers: Iterable[str], start: int, end: int) -> bool:
        """Tell whether *client* tried any of these addresses from *start* to *end*, both included."""
        return any(self.between(client, server, start, end) for server in servers)

    def alike(self, key: Callable[[Contact], Hashable], value: Hashable) -> Sequence[Contact]:
        """Give the contacts to which *key* gives *value*, in time order; see :meth:`Groups.under`."""
        return self._groups.under(key, value)

    def like(self, contact: Contact) -> Sequence[Contact]:
        """Give the contacts of the same client with the same server that ended as this one did, in time order."""
        return self.alike(_ending, _ending(contact))

    def inbound_to(self, server: str, start: int, end: int) -> Iterator[Contact]:
        """Give the contacts with *server*, or with a loopback address of its host, from *start* to *end*."""
        yield from within(self._by_server.get(server), start, end)
        for asker in self._hosts.loopbacks(server):
            yield from within(self._to_loopback.get(asker), start, end)

    def __iter__(self) -> Iterator[Contact]:
        return iter(self._all)


def _ending(contact: Contact) -> Hashable:
    connection = contact.connection
    return (connection.client.address, connection.server, connection.outcome)


def _acceptances(contacts: list[Contact]) -> dict[tuple[str, str, str], list[Acceptance]]:
    """Give, by client, sender and mailbox, every acceptance in time order."""
    found: dict[tuple[str, str, str], list[Acceptance]] = defaultdict(list)
    for contact in contacts:
        dialogue = contact.connection.dialogue
        for transaction in dialogue.transactions if dialogue else ():
            if transaction.reply is None or not _accepts(transaction.reply) or dialogue is None:
                continue
            acceptance = Acceptance(transaction.at, transaction.reply, dialogue.vantage, contact.connection.server)
            for path in transaction.forward_paths:
                if path.reply is not None and _accepts(path.reply):
                    envelope = (contact.connection.client.address, transaction.reverse_path, path.mailbox)
                    insort(found[envelope], acceptance, key=time_of)
    return found


def _accepts(reply: Reply) -> bool:
    """2yz (RFC 5321 §4.2.1)."""
    return reply.code // 100 == 2  # noqa: PLR2004 - a digit of RFC 5321


def stays_on_host(connection: Connection) -> bool:
    """Tell whether both ends are the loopback address: local submission or a content filter, not a way to other hosts."""
    for sighting in connection.sightings:
        if not (is_loopback(sighting.client.address) and is_loopback(sighting.server.address)):
            return False
    return True


def is_submission(connection: Connection) -> bool:
    """Tell whether a connection goes to a port that MX records never name."""
    return connection.server.port in SUBMISSION_PORTS


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
