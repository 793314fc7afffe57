"""Sightings that are the same conversation: tied by what translation cannot change, never by address."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.dns import Lookup, casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue

FORWARDING_TIME = 2 * NANOSECONDS
"""A packet is at the next vantage within this time, clocks being alike; one host's interfaces share one clock."""

CANDIDATES = 8
"""Groups with one client sequence number that a sighting is held against, the latest ones: random numbers meet by chance
once in 2^32, and who repeats a number on purpose gains nothing but connections left apart."""

MOST_SIGHTINGS = 16
"""Sightings of one connection: a path with more vantages than this is not captured."""

GUESSABLE = 1 << 16
"""Sequence numbers below this were not drawn at random (RFC 6528): generated captures begin at 0 or 1."""


def tie_sightings(sightings: Iterable[Sighting], dialogues: Mapping[int, Dialogue]) -> list[Connection]:
    """Group sightings into connections, in the order in which they were opened.

    Two sightings are one connection when both initial sequence numbers and the client's first TSval agree (2^-64 and less
    for a coincidence), or, where one of them never saw an answer, when the client's initial sequence number and TSval
    agree, or without TSval the sequence number, the port and the moment. Numbers that were not drawn at random, and
    sightings of vantages with one clock, must also be moments apart; at one vantage, the TTL must differ as well.

    Args:
        sightings: of any number of vantages, each once.
        dialogues: by the serial of their sighting.
    """
    groups: dict[int, list[list[Sighting]]] = {}
    all_groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=lambda s: s.serial):
        candidates = groups.setdefault(sighting.client_isn, []) if sighting.client_isn is not None else []
        group = next((g for g in candidates if _belongs(g, sighting)), None)
        if group is None:
            group = []
            all_groups.append(group)
            candidates.append(group)
            del candidates[:-CANDIDATES]
        group.append(sighting)
    connections = [_connection(group, dialogues) for group in all_groups]
    return sorted(connections, key=lambda c: (c.at, c.nearest.serial))


def _belongs(group: list[Sighting], sighting: Sighting) -> bool:
    return len(group) < MOST_SIGHTINGS and all(_same_conversation(one, sighting) for one in group)


def _same_conversation(one: Sighting, other: Sighting) -> bool:
    if one.client_ts != other.client_ts or not _may_meet(one, other):
        return False
    moments_apart = abs(one.opened.at - other.opened.at) <= FORWARDING_TIME
    if one.server_isn is not None and other.server_isn is not None:
        random = min(one.client_isn or 0, one.server_isn) >= GUESSABLE
        return one.server_isn == other.server_isn and (moments_apart or (random and not _one_clock(one, other)))
    if one.client_ts is not None and (one.client_isn or 0) >= GUESSABLE and not _one_clock(one, other):
        return True
    return moments_apart and (one.client_ts is not None or one.client.port == other.client.port)


def _may_meet(one: Sighting, other: Sighting) -> bool:
    """Two vantages; or one that a router sends the packet back through, under another address and with a lower TTL."""
    if one.vantage != other.vantage:
        return True
    moved = (one.client, one.server) != (other.client, other.server)
    return moved and bool(one.syns and other.syns) and one.syns[0].ttl != other.syns[0].ttl


def _one_clock(one: Sighting, other: Sighting) -> bool:
    """Interfaces of one input (``label#interface``) were stamped by one host."""
    return one.vantage.partition("#")[0] == other.vantage.partition("#")[0]


def _connection(group: list[Sighting], dialogues: Mapping[int, Dialogue]) -> Connection:
    path = tuple(sorted(group, key=_place_on_path))
    dialogue = next((dialogues[s.serial] for s in path if s.serial in dialogues), None)
    nearest = path[0]
    identity = (nearest.vantage, str(nearest.client), str(nearest.server), nearest.client_isn, nearest.opened)
    return Connection(_content_id(identity), path, dialogue)


def _place_on_path(sighting: Sighting) -> tuple[int, int, int]:
    """Order by the hops that the client's packets had behind them, then by time."""
    ttl = sighting.syns[0].ttl if sighting.syns else sighting.from_client.ttl or 0
    return (-ttl, sighting.opened.at, sighting.serial)


def tie_lookups(lookups: Iterable[Lookup]) -> Iterator[TiedLookup]:
    """Group lookups that are one query seen at several vantages: same id, question and transport, moments apart."""
    groups: list[list[Lookup]] = []
    recent: dict[tuple[int, str, str, str], list[list[Lookup]]] = {}
    for lookup in sorted(lookups, key=lambda x: (x.at, x.frames)):
        key = (lookup.id, casefold_name(lookup.question.name), lookup.question.type, lookup.transport)
        open_groups = [g for g in recent.get(key, ()) if lookup.at - g[0].at <= FORWARDING_TIME]
        group = next((g for g in open_groups if _elsewhere(g, lookup)), None)
        if group is None:
            group = []
            groups.append(group)
            open_groups.append(group)
        group.append(lookup)
        recent[key] = open_groups
    for group in groups:
        first = group[0]
        identity = (first.vantage, str(first.client), str(first.resolver), first.id, first.question, first.at)
        yield TiedLookup(_content_id(identity), tuple(group))


def _elsewhere(group: list[Lookup], lookup: Lookup) -> bool:
    return all(seen.vantage != lookup.vantage for seen in group)


def _content_id(identity: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
