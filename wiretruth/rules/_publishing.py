"""Whether a site hands on what was addressed to itself (static NAT, a load balancer, NAT64), or somebody takes it away."""

from collections.abc import Hashable
from ipaddress import ip_address
from itertools import islice
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Contact
from wiretruth.rules._networks import embeds, is_inside
from wiretruth.rules._rewriting import proven_ends

SAMPLE: Final = 256
"""Contacts with an address looked at for a stranger that was led the same way."""


def led_elsewhere(contact: Contact) -> Hashable:
    """Give what contacts have in common that one rule led elsewhere: the place, the port that was meant, and for whom."""
    ends = proven_ends(contact)
    if ends is None:
        return None
    connection, (intended, observed) = contact.connection, ends
    kind = _publishing(contact, intended, observed)
    whose = connection.client.address if kind is None else ""
    return connection.nearest.vantage, intended.port, observed, kind, whose


def is_published(contact: Contact, intended: Endpoint, observed: Endpoint, ledger: Ledger) -> bool:
    """Led on to a private server by a site that was itself addressed: static NAT, a load balancer, a container's port.

    So does NAT64 (RFC 6146): the one address stands in the other. It was itself addressed where a stranger came to its public address, or anybody to one of its private ones; where a
    stranger from far away is led on from one public address to another; or where only the port is another one, seen from
    the server's side.
    """
    client = contact.connection.client.address
    kind = _publishing(contact, intended, observed)
    if kind is None:
        return not ledger.names.asked(client)
    return kind or (
        is_inside(client) and is_inside(observed.address) and _strangers_go_there(intended, observed, ledger)
    )


def _strangers_go_there(intended: Endpoint, observed: Endpoint, ledger: Ledger) -> bool:
    """Hairpin NAT: a site's own hosts reach its published server as strangers do, by its public address."""
    contacts = islice(ledger.contacts.to(intended.address), SAMPLE)
    return any(not is_inside(c.connection.client.address) and proven_ends(c) == (intended, observed) for c in contacts)


def _harmless(client: str, intended: Endpoint, observed: Endpoint) -> bool:
    """NAT64, or hairpin NAT: a host that sends to its own public address reaches itself."""
    if embeds(intended.address, observed.address) and intended.port == observed.port:
        return True
    return observed.address == client and not ip_address(client).is_loopback


def _publishing(contact: Contact, intended: Endpoint, observed: Endpoint) -> bool | None:
    """Say what the addresses alone tell of it; ``None`` where it depends on whether the client looked anything up."""
    client, near = contact.connection.client.address, client_is_near(contact.connection)
    if _harmless(client, intended, observed) or (intended.address == observed.address and near is not True):
        return True
    if is_inside(intended.address):
        loopback = ip_address(observed.address).is_loopback and not ip_address(intended.address).is_loopback
        return is_inside(observed.address) and not loopback
    if is_inside(client):
        return False
    if is_inside(observed.address):
        return True
    return None if near is False else False
