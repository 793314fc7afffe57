"""Words that the rules share: hosts, durations, and evidence from packets and answers."""

from collections.abc import Hashable, Iterable, Sequence

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Evidence, Party
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Contact, Resolution


def times(count: int) -> str:
    """Say how often: ``once``, ``twice``, ``7 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def name_of(ledger: Ledger, client: str, address: str, at: int) -> str | None:
    """Give the name under which a client knew an address: the last one told before *at*."""
    told = ledger.names.telling(address, client, at)
    return told[-1].name if told else None


def place(endpoint: Endpoint, name: str | None = None) -> str:
    """Say a host as mail people write it: ``mail.example.net [192.0.2.1]:25``."""
    return f"{name} [{endpoint.address}]:{endpoint.port}" if name else str(endpoint)


def server_party(contact: Contact, ledger: Ledger) -> Party:
    """Give the contacted server as a party, with the name that the client was told, if any."""
    server = contact.connection.server
    name = name_of(ledger, contact.connection.client.address, server.address, contact.at)
    return Party(server.address, server.port, name, ("dns", "wire") if name else ("wire",))


def server_words(contact: Contact, ledger: Ledger) -> str:
    """Say the contacted server with its name."""
    party = server_party(contact, ledger)
    return place(contact.connection.server, party.name)


def answer_evidence(told: Iterable[Resolution]) -> list[Evidence]:
    """Give the answers as records to look up, each once."""
    return [_answer(r) for r in told]


def _answer(resolution: Resolution) -> Evidence:
    lookup = resolution.lookup.nearest
    if resolution.exchanges:
        hosts = ", ".join(f"{preference} {exchange}" for preference, exchange in resolution.exchanges)
        text = f"MX answer: {resolution.name} is served by {hosts}"
    elif resolution.addresses:
        text = f"{resolution.type} answer: {resolution.name} is {', '.join(resolution.addresses)}"
    else:
        text = f"{resolution.type} answer: {resolution.name} has no such record ({resolution.rcode})"
    return Evidence(text, lookup.vantage, lookup.frames[-1:])


def lookup_evidence(resolution: Resolution, text: str) -> Evidence:
    """Give a lookup, with all its frames."""
    return Evidence(text, resolution.lookup.nearest.vantage, resolution.lookup.nearest.frames)


def syn_evidence(sighting: Sighting, text: str) -> Evidence:
    """Give the SYN, or the first packet where none was seen."""
    frames = tuple(mark.frame for mark in sighting.syns) or (sighting.opened.frame,)
    return Evidence(text, sighting.vantage, frames[:1])


def alike(contact: Contact, ledger: Ledger) -> Sequence[Contact]:
    """Give the contacts of this client with this server that ended as this one did, in time order."""
    return ledger.contacts.alike(fate, fate(contact))


def fate(contact: Contact) -> Hashable:
    """Give what contacts of one client with one server, ended in one way, have in common."""
    connection = contact.connection
    return connection.client.address, connection.server, connection.outcome


def attempts_words(contacts: Sequence[Contact]) -> str:
    """Say how many attempts stand behind a finding: nothing for one."""
    return f" ({len(contacts)} attempts)" if len(contacts) > 1 else ""
