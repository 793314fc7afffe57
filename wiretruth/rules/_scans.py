"""Is it mail at all? Strangers who try one address after the other look for no mail host."""

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.model.statements import Contact

MANY_SERVERS = 8
"""Servers that one stranger tries here without a word to any: more than any domain has mail hosts at one site."""


def is_scan(contact: Contact, ledger: Ledger) -> bool:
    """Tell whether the client is a stranger who tried many servers here before it said anything to one of them."""
    client = contact.connection.client.address
    if client_is_near(contact.connection) is True or ledger.names.asked(client):
        return False
    servers = set()
    for tried in ledger.contacts.by(client, BEGINNING, END_OF_TIME):
        servers.add(tried.connection.server.address)
        if len(servers) >= MANY_SERVERS:
            return True
        if tried.connection.dialogue is not None:
            return False
    return False
