"""What the wire offers for holding logs against: contacts by either end, and what was said, in time order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from wiretruth.ledger.contacts import Contacts
from wiretruth.ledger.history import time_of, within
from wiretruth.ledger.intentions import Intentions, recipient_domain
from wiretruth.ledger.names import Names
from wiretruth.ledger.sayings import Sayings
from wiretruth.ledger.visibility import Visibility
from wiretruth.model.connection import Connection
from wiretruth.model.log import Claim, LoggedDelivery
from wiretruth.model.statements import Contact, Resolution

MOST = 64
"""Contacts looked at for one line, the latest first: what a line speaks of is the last thing that happened."""


class Scene:
    """The contacts of a run, asked by any address of any sighting."""

    def __init__(
        self,
        contacts: Contacts,
        names: Names,
        intentions: Intentions,
        visibility: Visibility,
        others: Iterable[Connection] = (),
    ) -> None:
        """Look at what was stated; *others* are connections on which nobody spoke SMTP, to other ports."""
        self.names = names
        self.intentions = intentions
        self.visibility = visibility
        self.contacts = contacts
        self._by_server: dict[str, list[Contact]] = defaultdict(list)
        self._by_client: dict[str, list[Contact]] = defaultdict(list)
        self._times: dict[tuple[str, str], list[int]] = {}
        for contact in contacts:
            for server in {s.server.address for s in contact.connection.sightings}:
                self._by_server[server].append(contact)
            for client in {s.client.address for s in contact.connection.sightings}:
                self._by_client[client].append(contact)
        self._strays: dict[str, list[Contact]] = defaultdict(list)
        for connection in sorted(others, key=time_of):
            self._strays[connection.client.address].append(Contact(connection.at, connection))

    @cached_property
    def sayings(self) -> Sayings:
        """What servers said."""
        return Sayings(self.contacts)

    def with_server(self, address: str, start: int, end: int) -> Iterator[Contact]:
        """Give contacts with a server, opened from *start* to *end*, the latest first."""
        return _latest(self._by_server.get(address, []), start, end)

    def with_client(self, address: str, start: int, end: int) -> Iterator[Contact]:
        """Give contacts of a client, opened from *start* to *end*, the latest first."""
        return _latest(self._by_client.get(address, []), start, end)

    def strays(self, client: str, start: int, end: int) -> Iterator[Contact]:
        """Give connections of a client on which nobody spoke SMTP, to other ports, the latest first."""
        return _latest(self._strays.get(client, []), start, end)

    def meant_for(self, contact: Contact, address: str) -> bool:
        """Tell whether the client had been told *address* for the mail of this contact, and never the one it reached."""
        server = contact.connection.server.address
        intentions = [i for i in self.intentions.of(contact) if i.hosts.addresses]
        if any(server in i.hosts.addresses for i in intentions) or self.names.knows(server, contact.at):
            return False
        return any(address in i.hosts.addresses for i in intentions)

    def told(self, address: str) -> set[str]:
        """Give the clients that were ever told an address."""
        return {resolution.client for resolution in self._told.get(address, ())}

    @cached_property
    def _told(self) -> dict[str, list[Resolution]]:
        told: dict[str, list[Resolution]] = defaultdict(list)
        for resolution in self.names.alike(_anything, value=True):
            for address in resolution.addresses:
                told[address].append(resolution)
        return told

    def moments(self, claim: Claim) -> Iterator[Sequence[int]]:
        """Give the times of what a claim may speak of: see ``log_clock``."""
        if not isinstance(claim, LoggedDelivery):
            yield self._moments("client", claim.address)
            return
        if claim.address is not None:
            yield self._moments("server", claim.address)
            yield self._moments("told", claim.address)
        domain = recipient_domain(claim.recipient or "")
        if domain is not None:
            yield self._moments("domain", domain)

    def asked_for(self, claim: LoggedDelivery, start: int, end: int) -> list[Resolution]:
        """Give lookups of where the mail of a line goes, from *start* to *end*: its recipient's, or those that told the address."""
        if claim.recipient is None:
            return within(self._told.get(claim.address or "", ()), start, end)[-MOST:]
        domain = recipient_domain(claim.recipient)
        found = self.names.alike(_asked_for_mail, domain) if domain is not None else ()
        return within(found, start, end)[-MOST:]

    def _moments(self, kind: str, key: str) -> list[int]:
        """Give sorted times, read once for all lines that ask."""
        times = self._times.get((kind, key))
        if times is None:
            times = self._times[kind, key] = [stated.at for stated in self._stated(kind, key)]
        return times

    def _stated(self, kind: str, key: str) -> Sequence[Contact] | Sequence[Resolution]:
        if kind == "domain":
            return self.names.alike(_asked_for_mail, key)
        if kind == "told":
            return self._told.get(key, [])
        return (self._by_client if kind == "client" else self._by_server).get(key, [])


def _latest(contacts: list[Contact], start: int, end: int) -> Iterator[Contact]:
    return islice(reversed(within(contacts, start, end)), MOST)


def _asked_for_mail(resolution: Resolution) -> str | None:
    return resolution.name if resolution.type == "MX" else None


def _anything(resolution: Resolution) -> bool:
    del resolution
    return True
