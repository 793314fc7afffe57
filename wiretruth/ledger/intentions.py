"""Where a connection was meant to go, as far as envelope and DNS answers tell."""

from dataclasses import dataclass

from wiretruth.ledger.contacts import Contacts, is_submission, stays_on_host
from wiretruth.ledger.names import MailHosts, Names
from wiretruth.model.dns import casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.smtp import Dialogue
from wiretruth.model.statements import Contact, Resolution

JUST_BEFORE = 3 * NANOSECONDS
"""A sender connects within milliseconds of the last address it was told; what is older than this is not tied by time."""


@dataclass(frozen=True, slots=True)
class Intention:
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
    found: dict[str, tuple[tuple[str, ...], int]] = {}
    for transaction in dialogue.transactions if dialogue else ():
        for path in transaction.forward_paths:
            domain = recipient_domain(path.mailbox)
            if domain is not None:
                mailboxes, at = found.get(domain, ((), transaction.at))
                found[domain] = (tuple(dict.fromkeys((*mailboxes, path.mailbox))), at)
    return found


class Intentions:
    """Answers for each contact: whom was it meant for?"""

    def __init__(self, names: Names, contacts: Contacts) -> None:
        self._names = names
        self._contacts = contacts

    def of(self, contact: Contact) -> tuple[Intention, ...]:
        """Give every intention that the capture shows; empty where it shows none."""
        connection = contact.connection
        if stays_on_host(connection) or is_submission(connection):
            return ()
        domains = envelope_domains(connection.dialogue)
        if domains:
            return tuple(
                Intention(domain, mailboxes, hosts, from_envelope=True)
                for domain, (mailboxes, at) in domains.items()
                if (hosts := self._names.mail_hosts(connection.client.address, domain, max(at, contact.at))) is not None
            )
        guess = self._by_address(contact) or self._by_time(contact)
        return (guess,) if guess else ()

    def _by_address(self, contact: Contact) -> Intention | None:
        """The contacted address is that of a domain's mail host, as this client was told."""
        client, server = contact.connection.client.address, contact.connection.server.address
        for told in reversed(self._names.telling(server, client, contact.at)):
            for domain in (*self._names.domains_using(client, told.name, contact.at), told.name):
                hosts = self._names.mail_hosts(client, domain, contact.at)
                if hosts is not None and server in hosts.addresses:
                    return Intention(domain, (), hosts, from_envelope=False)
        return None

    def _by_time(self, contact: Contact) -> Intention | None:
        """The client was told a mail host's address just before, and connected to none of them."""
        client = contact.connection.client.address
        recent = [r for r in self._names.by_client(client, contact.at - JUST_BEFORE, contact.at) if r.addresses]
        for told in sorted(recent, key=lambda r: -r.at):
            for domain in self._domains_of(client, told, contact.at):
                hosts = self._names.mail_hosts(client, domain, contact.at)
                if hosts is not None and hosts.addresses and not self._used(client, hosts, contact.at):
                    return Intention(domain, (), hosts, from_envelope=False)
        return None

    def _domains_of(self, client: str, told: Resolution, at: int) -> list[str]:
        return [*self._names.domains_using(client, told.name, at), told.name]

    def _used(self, client: str, hosts: MailHosts, at: int) -> bool:
        nearby = self._contacts.by(client, hosts.basis.at, at + JUST_BEFORE)
        return any(c.connection.server.address in hosts.addresses for c in nearby)
