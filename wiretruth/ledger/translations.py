"""What connection tracking tables say of connections and lookups: entries by either of their tuples."""

from collections.abc import Iterator
from typing import NamedTuple

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.statements import Contact, Resolution
from wiretruth.model.translation import Translation

MAX_ENTRIES = 200_000
"""Entries remembered: a gateway tracks a quarter of a million connections at a time, of which mail is a small part."""

MAX_ALIKE = 8
"""Entries remembered of the same tuples: the events of one connection, and of the next one with the same ports."""

CLOCKS_APART = 60 * NANOSECONDS
"""An event is not of a connection that was opened this long after it, or whose first packet came this long before a NEW."""

_Key = tuple[int, Endpoint, Endpoint]


class Tracked(NamedTuple):
    """A conversation as one host tracked it."""

    entry: Translation
    before: bool
    """The wire shows it before the translation: with the original tuple."""


class Translations:
    """Entries of one or several hosts."""

    def __init__(self) -> None:
        self.given_up = 0
        """Entries beyond the bounds."""
        self._by_original: dict[_Key, list[Translation]] = {}
        self._by_reply: dict[_Key, list[Translation]] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._count)

    def add(self, entry: Translation) -> None:
        """Remember an entry; a later event with the same tuples is remembered where it tells another time."""
        alike = self._by_original.setdefault((entry.protocol, *entry.original), [])
        if any(e.reply == entry.reply and (e.at is None or entry.event != "NEW") for e in alike):
            return
        if self._count >= MAX_ENTRIES or len(alike) >= MAX_ALIKE:
            self.given_up += 1
            return
        self._count += 1
        alike.append(entry)
        self._by_reply.setdefault((entry.protocol, entry.leaves_as, entry.reached), []).append(entry)

    def of_connection(self, connection: Connection) -> Iterator[Tracked]:
        """Give the entries of a connection, those that translate first; each once."""
        places = [(s.client, s.server) for s in connection.sightings]
        yield from self._found(TCP, places, connection.at)

    def leaving(self, contact: Contact) -> tuple[str, str] | None:
        """Give the address that a contact comes from and the other one that it leaves with; ``None`` without an entry."""
        for tracked in self.of_connection(contact.connection):
            if tracked.entry.source_translated:
                return tracked.entry.original.source.address, tracked.entry.leaves_as.address
        return None

    def leading(self, contact: Contact) -> tuple[str, Endpoint, Endpoint] | None:
        """Give the client, the server that it meant and the one that was reached, where no sighting says so itself."""
        sightings = contact.connection.sightings
        if len({s.server for s in sightings}) > 1 or any(s.reply_source for s in sightings):
            return None
        for tracked in self.of_connection(contact.connection):
            if tracked.entry.destination_translated:
                return contact.connection.client.address, tracked.entry.original.destination, tracked.entry.reached
        return None

    def led_astray(self, resolution: Resolution) -> tuple[str, Endpoint, Endpoint] | None:
        """Give the client, the resolver that it asked and the one that was reached; ``None`` without such an entry."""
        for tracked in self.of_lookup(resolution.lookup):
            if tracked.entry.destination_translated:
                return resolution.client, tracked.entry.original.destination, tracked.entry.reached
        return None

    def of_lookup(self, lookup: TiedLookup) -> Iterator[Tracked]:
        """Give the entries of a lookup, those that translate first; each once."""
        for protocol, transport in ((UDP, "udp"), (TCP, "tcp")):
            places = [(x.client, x.resolver) for x in lookup.sightings if x.transport == transport]
            yield from self._found(protocol, places, lookup.nearest.at)

    def _found(self, protocol: int, places: list[tuple[Endpoint, Endpoint]], at: int) -> Iterator[Tracked]:
        found: dict[int, Tracked] = {}
        for client, server in places:
            key = (protocol, client, server)
            for before, table in ((True, self._by_original), (False, self._by_reply)):
                for entry in table.get(key, ()):
                    if _is_of(entry, at):
                        found.setdefault(id(entry), Tracked(entry, before))
        yield from sorted(found.values(), key=lambda t: not _translates(t.entry))


def _translates(entry: Translation) -> bool:
    return entry.destination_translated or entry.source_translated


def _is_of(entry: Translation, opened: int) -> bool:
    """Tell by time; an entry without one is of any conversation with its tuples."""
    if entry.at is None:
        return True
    if entry.event == "NEW":
        return abs(entry.at - opened) <= CLOCKS_APART
    return entry.at >= opened - CLOCKS_APART
