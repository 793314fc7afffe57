"""Where a connection was meant to go, as far as envelope and DNS answers tell."""

from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from wiretruth.ledger.contacts import Contacts, is_submission, stays_on_host
from wiretruth.ledger.history import Stretch, within
from wiretruth.ledger.names import MailHosts, Names
from wiretruth.model.dns import casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.smtp import Dialogue
from wiretruth.model.statements import Contact, Resolution

JUST_BEFORE = 3 * NANOSECONDS
"""A sender connects within milliseconds of the last address it was told; what is older than this is not tied by time."""

MAX_RECENT = 16
"""Answers looked at for what a connection without a readable envelope was meant for: the last one told is the best guess."""


MAX_GIVEN = 1024
"""Contacts whose intentions are remembered: rules ask for those of one contact after another, each several times."""


class Intention(NamedTuple):
    """One recipient domain that a connection served, or was about to serve."""

    domain: str
    recipients: tuple[str, ...]
    hosts: MailHosts
    from_envelope: bool
    """The envelope names the domain; otherwise the lookups just before do."""

    @property
    def looked_up(self) -> int:
        """When the client was told the last address that this rests on."""
        return max((r.at for r in self.hosts.told if r.addresses), default=self.hosts.basis.at)


def recipient_domain(mailbox: str) -> str | None:
    """Give the domain of a mailbox in compared form; ``None`` for an address literal or a bare local part."""
    _, at, domain = mailbox.rpartition("@")
    return casefold_name(domain) if at and domain and not domain.startswith("[") else None


def envelope_domains(dialogue: Dialogue | None) -> dict[str, tuple[tuple[str, ...], int]]:
    """Give the recipient domains of a dialogue, each with its mailboxes and the time of its first transaction."""
    found: dict[str, tuple[dict[str, None], int]] = {}
    for transaction in dialogue.transactions if dialogue else ():
        for path in transaction.forward_paths:
            domain = recipient_domain(path.mailbox)
            if domain is not None:
                found.setdefault(domain, ({}, transaction.at))[0][path.mailbox] = None
    return {domain: (tuple(mailboxes), at) for domain, (mailboxes, at) in found.items()}


class Intentions:
    """Answers for each contact: whom was it meant for?"""

    def __init__(self, names: Names, contacts: Contacts) -> None:
        self._names = names
        self._contacts = contacts
        self._given: dict[int, tuple[Contact, tuple[Intention, ...]]] = {}
        self._unexplained: dict[str, list[Contact]] | None = None
        self._known = (0, 0)

    def of(self, contact: Contact) -> tuple[Intention, ...]:
        """Give every intention that the capture shows; empty where it shows none."""
        self._refresh()
        given = self._given.get(id(contact))
        if given is None:
            if len(self._given) >= MAX_GIVEN:
                self._given.clear()
            given = self._given[id(contact)] = contact, self._meant(contact)
        return given[1]

    def unexplained(self, client: str, start: int, end: int) -> Stretch[Contact]:
        """Give the contacts of *client*, from *start* to *end*, with addresses that nobody had been told by then."""
        self._refresh()
        if self._unexplained is None:
            self._unexplained = defaultdict(list)
            for contact in self._contacts:
                opener = contact.connection.client.address
                if not self._names.knows(contact.connection.server.address, contact.at, opener):
                    self._unexplained[opener].append(contact)
        return within(self._unexplained.get(client, []), start, end)

    def _refresh(self) -> None:
        """Forget what was found out before more was stated."""
        known = (self._names.count, self._contacts.count)
        if known != self._known:
            self._known = known
            self._given.clear()
            self._unexplained = None

    def _meant(self, contact: Contact) -> tuple[Intention, ...]:
        connection = contact.connection
        if stays_on_host(connection) or is_submission(connection):
            return ()
        domains = envelope_domains(connection.dialogue)
        if domains:
            found = [self._by_envelope(contact, domain, *facts) for domain, facts in domains.items()]
            return tuple([intention for intention in found if intention is not None])
        guess = self._by_address(contact) or self._by_time(contact)
        return (guess,) if guess else ()

    def _by_envelope(self, contact: Contact, domain: str, mailboxes: tuple[str, ...], at: int) -> Intention | None:
        """The envelope names the domain: what the client knew when it named it, on this connection or for an earlier one."""
        hosts = self._names.mail_hosts(contact.connection.client.address, domain, max(at, contact.at))
        return Intention(hosts.domain, mailboxes, hosts, from_envelope=True) if hosts is not None else None

    def _by_address(self, contact: Contact) -> Intention | None:
        """The contacted address is that of a domain's mail host, as this client was told."""
        client, server = contact.connection.client.address, contact.connection.server.address
        for told in reversed(self._names.telling(server, client, contact.at)):
            for domain in (*self._names.domains_using(client, told.name, contact.at), told.name):
                hosts = self._names.mail_hosts(client, domain, contact.at)
                if hosts is not None and hosts.host_of(server) is not None:
                    return Intention(domain, (), hosts, from_envelope=False)
        return None

    def _by_time(self, contact: Contact) -> Intention | None:
        """The client was told a mail host's address just before, and connected to none of them."""
        client = contact.connection.client.address
        before = self._names.newest_first(client, contact.at - JUST_BEFORE, contact.at)
        for told in islice((r for r in before if r.addresses), MAX_RECENT):
            for domain in self._domains_of(client, told, contact.at):
                hosts = self._names.mail_hosts(client, domain, contact.at)
                if hosts is not None and hosts.known and not self._used(client, hosts, contact.at):
                    return Intention(domain, (), hosts, from_envelope=False)
        return None

    def _domains_of(self, client: str, told: Resolution, at: int) -> list[str]:
        return [*self._names.domains_using(client, told.name, at), told.name]

    def _used(self, client: str, hosts: MailHosts, at: int) -> bool:
        return self._contacts.reached_any(client, hosts.addresses, hosts.basis.at, at + JUST_BEFORE)
