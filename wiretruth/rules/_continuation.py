"""A connection that ends between two vantages, and the other one that carries its mail on."""

from collections.abc import Hashable
from itertools import islice
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.model.smtp import Dialogue
from wiretruth.model.statements import Contact
from wiretruth.rules._crossing import next_vantage, seen_after_all

_LOOKED_AT: Final = 64
"""Contacts with one envelope looked at: mailing lists send the same one again and again, but not at the same moment."""


def ends_before(contact: Contact, ledger: Ledger) -> str | None:
    """Give the vantage that a completed connection should have passed next, and did not; ``None`` where loss explains it."""
    last = contact.connection.sightings[-1]
    if not ledger.paths or last.established is None or not last.syn_ack_count:
        return None
    missed = next_vantage(ledger, last.vantage, (last.client.address, last.server.address), last.opened.at)
    if missed is None or seen_after_all(ledger, contact.connection, missed) or _begins_unseen(contact, missed, ledger):
        return None
    return None if ledger.visibility.loss_explains(missed, last.from_client.packets) else missed


def _begins_unseen(contact: Contact, missed: str, ledger: Ledger) -> bool:
    """Tell whether *missed* shows a session of the time whose handshake it did not see: it may be this very one."""
    last = contact.connection.sightings[-1]
    for other in islice(ledger.contacts.alike(_without_syn, missed), _LOOKED_AT):
        there = other.connection.nearest
        begun = ledger.clocks.between(missed, last.vantage, there.opened.at)
        if last.opened.at <= begun <= last.last.at:
            return True
    return False


def _without_syn(contact: Contact) -> str | None:
    nearest = contact.connection.nearest
    return nearest.vantage if nearest.client_isn is None else None


def continuation(contact: Contact, missed: str, ledger: Ledger) -> Contact | None:
    """Find the connection at *missed* that carries the same envelope on while this one is open."""
    connection, envelope = contact.connection, _envelope(contact)
    last = connection.sightings[-1]
    for other in islice(ledger.contacts.alike(_envelope, envelope), _LOOKED_AT):
        there = next((s for s in other.connection.sightings if s.vantage == missed), None)
        if there is None or other is contact or there.client.address == connection.server.address:
            continue
        begun = ledger.clocks.between(missed, last.vantage, there.opened.at)
        if last.opened.at <= begun <= last.last.at:
            return other
    return None


def _envelope(contact: Contact) -> Hashable:
    dialogue: Dialogue | None = contact.connection.dialogue
    transactions = dialogue.transactions if dialogue else ()
    return tuple((t.reverse_path, tuple(p.mailbox for p in t.forward_paths)) for t in transactions) or None
