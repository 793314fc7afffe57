"""What connection tracking and the socket table say of a connection: where it was meant to go, and where it went."""

from dataclasses import dataclass

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import TiedLookup
from wiretruth.model.finding import Evidence
from wiretruth.model.packet import TCP, Endpoint
from wiretruth.model.statements import Contact
from wiretruth.model.translation import Translation


@dataclass(frozen=True, slots=True)
class Declared:
    """Two ends of which one record of this very connection says that they differ."""

    intended: Endpoint
    observed: Endpoint
    witness: str
    """``conntrack`` or ``sockets``."""
    evidence: Evidence


def declared_ends(contact: Contact, ledger: Ledger) -> Declared | None:
    """Give the server that was meant and the one that was reached, where another witness than the wire knows them."""
    for tracked in ledger.translations.of_connection(contact.connection):
        entry = tracked.entry
        if entry.destination_translated:
            return Declared(entry.original.destination, entry.reached, "conntrack", entry_evidence(entry))
    return _by_socket(contact, ledger)


def declared_source(contact: Contact, ledger: Ledger) -> Translation | None:
    """Give the entry that says under which other address this connection leaves."""
    found = ledger.translations.of_connection(contact.connection)
    return next((tracked.entry for tracked in found if tracked.entry.source_translated), None)


def declared_resolver(lookup: TiedLookup, ledger: Ledger) -> Declared | None:
    """Give the resolver that was asked and the one that was reached, where connection tracking knows them."""
    for tracked in ledger.translations.of_lookup(lookup):
        entry = tracked.entry
        if entry.destination_translated:
            return Declared(entry.original.destination, entry.reached, "conntrack", entry_evidence(entry))
    return None


def entry_evidence(entry: Translation) -> Evidence:
    """Say a connection tracking entry, with the line to look it up."""
    protocol = "tcp" if entry.protocol == TCP else "udp"
    text = f"connection tracking: {protocol} {entry.original}, answered by {entry.reached}"
    if entry.source_translated:
        text += f" to {entry.leaves_as}"
    return Evidence(text, source=entry.source, line=entry.line)


def _by_socket(contact: Contact, ledger: Ledger) -> Declared | None:
    owner = ledger.sockets.meant_elsewhere(contact)
    if owner is None:
        return None
    told = [i.hosts.addresses for i in ledger.intentions.of(contact) if i.hosts.addresses]
    named = any(owner.remote.address in addresses for addresses in told)
    if not named and (told or ledger.sockets.by_chance(contact)):
        return None
    whose = f" of {owner.owner}" if owner.owner else ""
    text = f"the socket{whose} at {owner.local} is one to {owner.remote} ({owner.state})"
    return Declared(
        owner.remote, contact.connection.contacted, "sockets", Evidence(text, source=owner.source, line=owner.line)
    )
